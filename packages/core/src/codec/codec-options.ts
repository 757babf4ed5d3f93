import type { CodecFor } from './schema-codec.js'

/** How a contract is compiled. */
export interface Compiling {
  readonly codecFor: CodecFor
  /** How many issues to report of one value. */
  readonly maxIssues: number
}

import type { CodecFor } from './schema-codec.js'

/** Options with which a contract is compiled. */
export interface Compiling {
  readonly codecFor: CodecFor
  /** The maximum number of issues to report for one value. */
  readonly maxIssues: number
}

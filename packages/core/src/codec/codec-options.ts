import type { PortFor } from './schema-codec.js'

/** How a contract is compiled. */
export interface Compiling {
  readonly portFor: PortFor
  /** How many issues to report of one value. */
  readonly maxIssues: number
}

import type { PortFor } from './port.js'

/** Which directions are checked. What is not checked is still decoded and encoded. */
export interface Validate {
  /** What clients send. */
  readonly input: boolean
  /** What handlers return. */
  readonly reply: boolean
  /** What the server emits. */
  readonly output: boolean
}

/** How a contract is compiled. */
export interface Compiling {
  readonly portFor: PortFor
  /** How many issues to report of one value. */
  readonly maxIssues: number
  readonly validate: Validate
}

/** The same check, or one that takes everything. */
export const checked = <Checker extends { readonly check: (...args: never[]) => boolean }>(
  checker: Checker,
  isOn: boolean,
): Checker => (isOn ? checker : { ...checker, check: () => true })

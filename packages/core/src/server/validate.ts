import type { Compiling } from '../codec/compiling.js'

/** Which directions are checked. What is not checked is still decoded and encoded. */
export interface Validate {
  /** What clients send. */
  readonly input: boolean
  /** What handlers return. */
  readonly reply: boolean
  /** What the server emits. */
  readonly output: boolean
}

/** How a server compiles a contract. */
export interface Validating extends Compiling {
  readonly validate: Validate
}

/** The same check, or one that takes everything. */
export const checked = <Checked extends { readonly check: (...args: never[]) => boolean }>(
  checker: Checked,
  isOn: boolean,
): Checked => (isOn ? checker : { ...checker, check: () => true })

import type { Compiling } from '../../codec/codec-options.js'
import type { CodecFor } from '../../codec/schema-codec.js'
import type { Caps } from './caps.js'
import type { Validator } from '../../codec/validator.js'

/** Which directions are checked. What is not checked is still decoded and encoded, and unknown properties are dealt with. */
export interface Validate {
  /** What clients send. */
  readonly input: boolean
  /** What handlers return. */
  readonly reply: boolean
  /** What the server emits. */
  readonly output: boolean
}

/** The settings by which a server compiles a contract. */
export interface Validating extends Compiling {
  readonly validate: Validate
  readonly caps: Required<Caps>
}

/** Compiles the schemas of a direction. One that is not checked still refuses what is not declared, if that is asked for. */
export const codecsOf = ({ codecFor, validate }: Validating, direction: keyof Validate): CodecFor =>
  validate[direction]
    ? codecFor
    : (schema, path) => {
        const port = codecFor(schema, path)
        return { ...port, ...(port.closing ?? ANYTHING) }
      }

const ANYTHING: Validator = { check: () => true, issues: () => [] }

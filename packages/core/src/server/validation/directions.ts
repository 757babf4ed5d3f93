import type { Compiling } from '../../codec/codec-options.js'
import type { CodecFor } from '../../codec/schema-codec.js'
import type { Serialization } from '../serialization.js'
import type { Caps } from './caps.js'
import type { Validator } from '../../codec/validator.js'

/** The directions whose values are validated. Values of the others are still decoded and encoded, and `unknownProperties` applies to them. */
export interface Validate {
  /** Validates the arguments that clients send. */
  readonly input: boolean
  /** Validates the replies that handlers return. */
  readonly reply: boolean
  /** Validates the arguments that the server emits. */
  readonly output: boolean
}

/** The settings by which a server compiles a contract. */
export interface Validating extends Compiling {
  readonly validate: Validate
  readonly caps: Required<Caps>
  readonly serialization: Serialization
}

/** Compiles the schemas of a direction. Without validation, only undeclared properties are rejected, if `unknownProperties` says so. */
export const codecsOf = ({ codecFor, validate }: Validating, direction: keyof Validate): CodecFor =>
  validate[direction]
    ? codecFor
    : (schema, path) => {
        const codec = codecFor(schema, path)
        return { ...codec, ...(codec.closing ?? ANYTHING) }
      }

const ANYTHING: Validator = { check: () => true, issues: () => [] }

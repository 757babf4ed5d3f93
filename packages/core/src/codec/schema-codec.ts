import type { TSchema } from '@sinclair/typebox'
import { foreignOf } from '../schema/foreign.js'
import { defaultsOf, ownRealmOf } from './defaults.js'
import { jsonOf } from './to-json.js'
import { chain, type Rewrite } from './rewrite.js'
import { cleanOf, holdingCleanOf, missing } from './clean.js'
import { withSynchronousFunctions } from './application-functions.js'
import { decodeOf, encodeOf } from './transform.js'
import { firstIssues, passes, type Checker, type Validator } from './validator.js'

/** The treatment of properties that a schema does not declare: as the schema says, removed, or rejected. */
export type UnknownProperties = 'keep' | 'strip' | 'reject'

/**
 * A compiled schema: a check, and conversions of values. A conversion that the schema does not need is absent and costs
 * nothing.
 */
export interface SchemaCodec extends Validator {
  /**
   * Prepares a received value for the check: fills in defaults, converts binary data and dates to the types of the
   * schema, removes undeclared properties.
   */
  readonly prepare: Rewrite | undefined
  /** Decodes a checked value from the form in which it is sent to that of the application. */
  readonly decode: Rewrite | undefined
  /** Encodes a value to be sent before its check, and removes undeclared properties. */
  readonly encode: Rewrite | undefined
  /** Removes undeclared properties from a value that is already encoded. */
  readonly clean: Rewrite | undefined
  /** Returns whether the schema accepts `null`, also where its check is turned off. */
  acceptsNull(this: void): boolean
  /** The part of the check that rejects undeclared properties; absent if they are not rejected. */
  readonly closing: Validator | undefined
}

/** Compiles a schema, once per schema object. `path` is its place in the contract. */
export type CodecFor = (schema: TSchema, path: string) => SchemaCodec

/** Creates a function that compiles schemas with one checker and one treatment of undeclared properties. */
export const codecsWith = (checker: Checker, unknownProperties: UnknownProperties): CodecFor => {
  const codecs = new WeakMap<TSchema, SchemaCodec>()
  return (schema, path) => {
    const known = codecs.get(schema)
    if (known !== undefined) return known
    const clean = unknownProperties === 'keep' ? undefined : cleanOf(schema, checker)
    const taking = unknownProperties === 'strip' ? clean : undefined
    const closing = unknownProperties === 'reject' && clean !== undefined ? closingBy(clean) : undefined
    const validator = foreignValidator(schema) ?? checker.validatorFor(schema, path)
    const converted = withSynchronousFunctions(schema, path)
    const codec: SchemaCodec = {
      ...(closing === undefined ? validator : both(validator, closing)),
      prepare: chain(defaultsOf(converted, checker), taking),
      decode: decodeOf(converted, checker),
      encode: [
        ownRealmOf(schema, checker),
        unknownProperties === 'keep' ? undefined : jsonOf,
        taking && holdingCleanOf(schema, checker),
      ].reduce(chain, encodeOf(converted, checker)),
      clean: taking,
      acceptsNull: () => passes(validator, null),
      closing,
    }
    codecs.set(schema, codec)
    return codec
  }
}

/** Returns the validator of a schema of another library, which needs no check of TypeBox's; `undefined` for one of TypeBox. */
const foreignValidator = (schema: TSchema): Validator | undefined => {
  const foreign = foreignOf(schema)
  if (foreign === undefined) return undefined
  const { check, issues } = foreign
  return { check, issues: (value, path, most) => firstIssues(issues(value), path, most) }
}

/** Returns a validator that rejects a value with undeclared properties. */
const closingBy = (clean: Rewrite): Validator => {
  // A generator, so that a value that is nested too deeply throws where its issues are read.
  const unexpected = function* (value: unknown) {
    yield* missing(value, clean(value), '')
  }
  return {
    check: value => unexpected(value).next().done === true,
    issues: (value, path, most) => firstIssues(unexpected(value), path, most),
  }
}

/** Returns a validator that applies the second only to what the first accepts. */
const both = (first: Validator, second: Validator): Validator => ({
  check: value => first.check(value) && second.check(value),
  issues(value, path, most) {
    const issues = first.issues(value, path, most)
    return issues.length > 0 ? issues : second.issues(value, path, most)
  },
})

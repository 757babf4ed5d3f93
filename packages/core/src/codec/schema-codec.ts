import type { TSchema } from '@sinclair/typebox'
import { fillOf } from './defaults.js'
import { jsonOf } from './to-json.js'
import { chain, type Rewrite } from './rewrite.js'
import { missing, stripOf } from './clean.js'
import { decodeOf, encodeOf } from './transform.js'
import { firstIssues, type Checker, type Validator } from './validator.js'

/** What happens to properties that a schema does not declare: as the schema says, taken away, or refused. */
export type UnknownProperties = 'keep' | 'strip' | 'reject'

/** A compiled schema, with what it does to values that pass. What it does not need is absent, and costs nothing. */
export interface SchemaCodec extends Validator {
  /** Before the check of what comes in: fills in the defaults, makes bytes and dates what the schema says, takes away what is not declared. */
  readonly prepare: Rewrite | undefined
  /** After it: turns what travels into what the application works with. */
  readonly decode: Rewrite | undefined
  /** Before the check of what goes out: turns it into what travels, and takes away what is not declared. */
  readonly encode: Rewrite | undefined
  /** The same for what is already as it travels. */
  readonly strip: Rewrite | undefined
  /** The part of the check that refuses what is not declared; absent where that is not refused. */
  readonly closing: Validator | undefined
}

/** Compiles a schema, once for each schema object. `path` is where the contract has it. */
export type CodecFor = (schema: TSchema, path: string) => SchemaCodec

/** Compiles schemas, all with the same checker and the same view of unknown properties. */
export const codecsWith = (checker: Checker, unknownProperties: UnknownProperties): CodecFor => {
  const ports = new WeakMap<TSchema, SchemaCodec>()
  return (schema, path) => {
    const known = ports.get(schema)
    if (known !== undefined) return known
    const strip = unknownProperties === 'keep' ? undefined : stripOf(schema, checker)
    const taking = unknownProperties === 'strip' ? strip : undefined
    const closing = unknownProperties === 'reject' && strip !== undefined ? closingBy(strip) : undefined
    const validator = checker.validatorFor(schema, path)
    const port: SchemaCodec = {
      ...(closing === undefined ? validator : both(validator, closing)),
      prepare: chain(fillOf(schema, checker), taking),
      decode: decodeOf(schema, checker),
      encode: chain(chain(encodeOf(schema, checker), unknownProperties === 'keep' ? undefined : jsonOf), taking),
      strip: taking,
      closing,
    }
    ports.set(schema, port)
    return port
  }
}

/** A validator that takes no value of which something would be taken away. */
const closingBy = (strip: Rewrite): Validator => {
  // A generator, so that a value that is too deep throws where its issues are read.
  const unexpected = function* (value: unknown) {
    yield* missing(value, strip(value), '')
  }
  return {
    check: value => unexpected(value).next().done === true,
    issues: (value, path, most) => firstIssues(unexpected(value), path, most),
  }
}

/** A validator that asks the second only of what the first takes. */
const both = (first: Validator, second: Validator): Validator => ({
  check: value => first.check(value) && second.check(value),
  issues(value, path, most) {
    const issues = first.issues(value, path, most)
    return issues.length > 0 ? issues : second.issues(value, path, most)
  },
})

import type { TSchema } from '@sinclair/typebox'
import { fillOf } from './fill.js'
import { chain, type Rewrite } from './rewrite.js'
import { missing, stripOf } from './strip.js'
import { decodeOf, encodeOf } from './transform.js'
import { firstIssues, type Checker, type Validator } from './validator.js'

/** What happens to properties that a schema does not declare: as the schema says, taken away, or refused. */
export type UnknownProperties = 'keep' | 'strip' | 'reject'

/** A compiled schema, with what it does to values that pass. What it does not need is absent, and costs nothing. */
export interface Port extends Validator {
  /** Before the check of what comes in: fills in the defaults, makes bytes what the schema says, takes away what is not declared. */
  readonly enter: Rewrite | undefined
  /** After it: turns what travels into what the application works with. */
  readonly decode: Rewrite | undefined
  /** Before the check of what goes out: turns it into what travels, and takes away what is not declared. */
  readonly leave: Rewrite | undefined
  /** The same for what is already as it travels. */
  readonly strip: Rewrite | undefined
}

/** Compiles a schema, once for each schema object. `path` is where the contract has it. */
export type PortFor = (schema: TSchema, path: string) => Port

/** Compiles schemas, all with the same checker and the same view of unknown properties. */
export const portsWith = (checker: Checker, unknownProperties: UnknownProperties): PortFor => {
  const ports = new WeakMap<TSchema, Port>()
  return (schema, path) => {
    const known = ports.get(schema)
    if (known !== undefined) return known
    const strip = unknownProperties === 'strip' ? stripOf(schema, checker) : undefined
    const validator = checker.validatorFor(schema, path)
    const port: Port = {
      ...(unknownProperties === 'reject' ? closed(validator, stripOf(schema, checker)) : validator),
      enter: chain(fillOf(schema, checker), strip),
      decode: decodeOf(schema),
      leave: chain(encodeOf(schema), strip),
      strip,
    }
    ports.set(schema, port)
    return port
  }
}

/** A validator that takes no value of which something would be taken away. */
const closed = (validator: Validator, strip: Rewrite | undefined): Validator => {
  if (strip === undefined) return validator
  // A generator, so that a value that is too deep throws where its issues are read.
  const unexpected = function* (value: unknown) {
    yield* missing(value, strip(value), '')
  }
  return {
    check: value => validator.check(value) && unexpected(value).next().done === true,
    issues(value, path, most) {
      const issues = validator.issues(value, path, most)
      return issues.length > 0 ? issues : firstIssues(unexpected(value), path, most)
    },
  }
}

import type { TSchema } from '@sinclair/typebox'
import { fillOf } from './fill.js'
import type { Rewrite } from './rewrite.js'
import { decodeOf, encodeOf } from './transform.js'
import { validatorFor, type Validator } from './validator.js'

/** A compiled schema, with what it does to values that pass. What it does not need is absent, and costs nothing. */
export interface Port extends Validator {
  /** Fills in the defaults. */
  readonly fill: Rewrite | undefined
  /** Turns what travels, once it is checked, into what the application works with. */
  readonly decode: Rewrite | undefined
  /** Turns what the application works with into what travels, which is to be checked then. */
  readonly encode: Rewrite | undefined
}

const ports = new WeakMap<TSchema, Port>()

/** Compiles a schema, once for each schema object in the process. `path` is where the contract has it. */
export const portFor = (schema: TSchema, path: string): Port => {
  const known = ports.get(schema)
  if (known !== undefined) return known
  const port: Port = {
    ...validatorFor(schema, path),
    fill: fillOf(schema),
    decode: decodeOf(schema),
    encode: encodeOf(schema),
  }
  ports.set(schema, port)
  return port
}

import { KindGuard, type TSchema } from '@sinclair/typebox'
import type { RouterOptions } from '../contract/contract.js'
import { throwDefinitionError } from '../definition-error.js'
import { checkSchema, type SchemaIds } from '../schema/check-schema.js'
import { isSchema, refers, visitChildren } from '../schema/children.js'
import { targetsIn, type Targets } from '../schema/targets.js'
import { checkErrors } from './check-event.js'

/** Throws for an `auth`, or errors of `authenticate`, that can't work. `name` is that of the namespace, empty for the root. */
export const checkHandshake = ({ auth, errors = {} }: RouterOptions, name: string, ids: SchemaIds): void => {
  const place = name === '' ? '' : `${name} `
  if (auth !== undefined) {
    checkSchema(auth, `${place}auth`, ids)
    assertNoBytes(auth, `${place}auth`)
  }
  checkErrors(errors, { path: name, ids, isSent: true })
  for (const [code, schema] of Object.entries(errors)) assertNoBytes(schema, `${place}errors.${code}`)
}

const assertNoBytes = (schema: TSchema, path: string): void => {
  const step = stepToBytes(schema, new Map(), new Set())
  if (step !== undefined)
    throwDefinitionError(
      path + step,
      "binary data can't travel in a handshake, of which Socket.IO sends nothing but JSON; use a string, such as base64",
    )
}

/** Returns the step to the first binary data that a value must, or can only, have in a place. `outside` has the schemas around it. */
const stepToBytes = (schema: TSchema, targets: Targets, outside: ReadonlySet<TSchema>): string | undefined => {
  if (KindGuard.IsUint8Array(schema)) return ''
  if (outside.has(schema)) return undefined
  const inner = targetsIn(schema, targets)
  const seen = new Set([...outside, schema])
  // Of a module only the definitions that are used.
  if (KindGuard.IsImport(schema) || refers(schema)) {
    const target = inner.get(String(schema['$ref']))
    return target && stepToBytes(target, inner, seen)
  }
  // A schema that is used elsewhere, too, may have members that no handshake needs.
  if (KindGuard.IsUnion(schema)) {
    const steps = schema.anyOf.map(member => stepToBytes(member, inner, seen))
    return steps.includes(undefined) ? undefined : `.anyOf[0]${steps[0] ?? ''}`
  }
  let found: string | undefined
  visitChildren(schema, (child, step) => {
    const rest = found === undefined && isSchema(child) ? stepToBytes(child, inner, seen) : undefined
    if (rest !== undefined) found = step + rest
  })
  return found
}

import { Kind, KindGuard, TypeGuard, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { kindOf, throwDefinitionError } from '../definition-error.js'
import { checkKeywords } from './check-keywords.js'
import { checkIntersect } from './check-intersect.js'
import { describePromise } from './formats.js'
import { targetsIn, type Targets } from './targets.js'
import { checkForeign } from './check-foreign.js'
import { foreignOf } from './foreign.js'
import { checkUnsafe } from './check-unsafe.js'
import { isSchema, visitChildren } from './children.js'
import { ENVELOPE } from '../wire.js'

/** The schemas with an `$id` found so far, by that `$id`, and the path of each. */
export type SchemaIds = Map<string, { readonly schema: TSchema; readonly path: string }>

/** Kinds whose values neither the JSON nor the msgpack parser of Socket.IO can send. */
const UNSENDABLE: ReadonlySet<string> = new Set([
  'Argument',
  'AsyncIterator',
  'BigInt',
  'Constructor',
  'Function',
  'Iterator',
  'Promise',
  'Symbol',
])

/**
 * Throws for a schema that cannot be validated, sent or documented, or whose `$id` belongs to a different schema. `isSent` says that
 * the server sends the values.
 */
export const checkSchema = (schema: unknown, path: string, ids: SchemaIds, isSent = false): void => {
  checkPart(schema, path, { ids, targets: new Map(), inWhole: new Map(), isSent })
  // Last, because the check of the parts has clearer messages.
  if (isSchema(schema) && !TypeGuard.IsSchema(schema)) throwForeignSchema(schema, path)
}

const throwForeignSchema = (schema: TSchema, path: string): void => {
  visitChildren(schema, (child, step) => {
    if (isSchema(child) && !TypeGuard.IsSchema(child)) throwForeignSchema(child, path + step)
  })
  throwDefinitionError(
    path,
    `TypeBox does not accept this ${String(schema[Kind])} schema; correct its options, or register a kind of your own with TypeRegistry.Set`,
  )
}

/** The names of the contract or module, and those in the whole schema with its modules. */
interface Scope {
  readonly ids: SchemaIds
  /** The schemas that a reference can name. */
  readonly targets: Targets
  readonly inWhole: SchemaIds
  readonly isSent: boolean
}

/** Checks a schema and all inside it, except for what only TypeBox's own check of the whole finds. */
const checkPart = (schema: unknown, path: string, scope: Scope): void => {
  const { ids, targets, inWhole, isSent } = scope
  if (!isSchema(schema))
    return throwDefinitionError(
      path,
      `expected a TypeBox schema such as Type.String(), got ${kindOf(schema)}${isForeign(schema) ? FROM_ADVICE : ''}`,
    )
  const kind: unknown = schema[Kind]
  if (typeof kind === 'string' && UNSENDABLE.has(kind))
    throwDefinitionError(path, `Type.${kind}() can't travel over Socket.IO; use a type that JSON or binary can carry`)
  if (kind === 'Unsafe') {
    if (schema.$id !== undefined) checkId(schema, schema.$id, path, ids)
    checkUnsafe(schema, path)
  }
  const foreign = foreignOf(schema)
  if (foreign !== undefined) {
    checkForeign(foreign, path, isSent)
    if (schema.$id !== undefined) checkId(schema, schema.$id, path, ids)
    return
  }
  // The keywords of `Unsafe` were checked above, and `Never` has none that are schemas.
  if (kind === 'Unsafe' || kind === 'Never') return
  const check = typeof kind === 'string' ? TypeRegistry.Get(kind) : undefined
  const asynchronous = check && describePromise(`the check of the kind "${kind}"`, () => check(schema, undefined))
  if (asynchronous !== undefined) throwDefinitionError(path, asynchronous)
  checkKeywords(schema, path)
  if (kind === 'Ref' && !targets.has(String(schema['$ref']))) {
    throwDefinitionError(
      path,
      `Type.Ref("${String(schema['$ref'])}") refers to a schema that is not in scope; use the schema itself, or Type.Module`,
    )
  }
  if (kind === 'This' && !targets.has(String(schema['$ref']))) {
    throwDefinitionError(
      path,
      "a recursive schema can't be a definition of Type.Module, which gives it another name; let the definition refer to itself with Type.Ref",
    )
  }
  const isModule = kind === 'Import'
  if (schema.$id !== undefined) {
    // TypeBox caches the compiled check of a named schema by its name, also inside a module, so equal names would be confused.
    for (const known of [inWhole, ids]) checkId(schema, schema.$id, path, known)
  }
  const inner = targetsIn(schema, targets)
  visitChildren(schema, (child, step) =>
    checkPart(child, path + step, { ...scope, ids: isModule ? new Map() : ids, targets: inner }),
  )
  // Last, because the checks of the members have clearer messages.
  if (KindGuard.IsIntersect(schema)) checkIntersect(schema, path, inner)
}

/** Returns whether a value is a schema of another library: of Standard Schema, or of `typebox` 1. */
const isForeign = (value: unknown): boolean =>
  value instanceof Object && ('~standard' in value || Object.hasOwn(value, '~kind'))

const FROM_ADVICE = '; write from(schema), with from of "@ackwire/core/standard"'

/** Throws for a schema of "no value", sent as `null`. `definitions` are those of its module. */
export const assertHasValue = (
  schema: TSchema,
  path: string,
  advice: string,
  definitions: Readonly<Record<string, TSchema>> = {},
): void => {
  if (KindGuard.IsUndefined(schema) || KindGuard.IsVoid(schema)) {
    throwDefinitionError(path, `Type.${schema[Kind]}() can't travel over Socket.IO; ${advice}`)
  }
  const named: Readonly<Record<string, TSchema>> = KindGuard.IsImport(schema) ? schema.$defs : definitions
  if (KindGuard.IsImport(schema) || KindGuard.IsRef(schema)) {
    // Without the target, so that the recursion ends for a definition that refers to itself.
    const { [schema.$ref]: target, ...others } = named
    if (target !== undefined) assertHasValue(target, path, advice, others)
  }
  const members = KindGuard.IsUnion(schema) ? schema.anyOf : KindGuard.IsIntersect(schema) ? schema.allOf : []
  for (const member of members) assertHasValue(member, path, advice, definitions)
}

/** Returns whether replies have the property that marks a failure. `definitions` are those of the module. */
export const hasEnvelope = (schema: TSchema, definitions: Readonly<Record<string, TSchema>> = {}): boolean => {
  if (KindGuard.IsImport(schema)) {
    const { [schema.$ref]: target, ...others } = schema.$defs
    return target !== undefined && hasEnvelope(target, others)
  }
  if (KindGuard.IsRef(schema)) {
    // Without the target, so that the recursion ends for a definition that refers to itself.
    const { [schema.$ref]: target, ...others } = definitions
    return target !== undefined && hasEnvelope(target, others)
  }
  if (KindGuard.IsObject(schema)) return Object.hasOwn(schema.properties, ENVELOPE)
  if (foreignOf(schema) !== undefined) return Object.hasOwn(Object(schema['properties']), ENVELOPE)
  const members = KindGuard.IsUnion(schema) ? schema.anyOf : KindGuard.IsIntersect(schema) ? schema.allOf : []
  return members.some(member => hasEnvelope(member, definitions))
}

const checkId = (schema: TSchema, id: string, path: string, ids: SchemaIds): void => {
  const known = ids.get(id)
  if (known === undefined) ids.set(id, { schema, path })
  else if (known.schema !== schema && JSON.stringify(known.schema) !== JSON.stringify(schema)) {
    throwDefinitionError(
      path,
      `the $id "${id}" belongs to a different schema at ${known.path}; use one schema, or give each its own $id, in a Type.Module its own name`,
    )
  }
}

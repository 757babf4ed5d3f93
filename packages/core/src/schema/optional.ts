import { Kind, KindGuard, OptionalKind, type TSchema } from '@sinclair/typebox'
import { refers } from './children.js'
import { foreignOf } from './foreign.js'
import { targetsIn, type Targets } from './targets.js'

/** Returns whether a schema was made with `Type.Optional`. */
export const isOptional = (schema: TSchema | undefined): boolean => schema?.[OptionalKind] === 'Optional'

/** Returns whether a property may be missing: JSON leaves out a property that is `undefined`. */
export const mayBeMissing = (property: TSchema): boolean => isOptional(property) || isUndefinable(property)

/** Returns whether a schema is `Type.Undefined`, `Type.Void`, or a union with either. */
export const isUndefinable = (schema: TSchema | undefined): boolean =>
  KindGuard.IsUndefined(schema) ||
  KindGuard.IsVoid(schema) ||
  (KindGuard.IsUnion(schema) && schema.anyOf.some(isUndefinable))

/** Returns whether a schema may accept `undefined`. A reference without a target may. */
export const acceptsUndefined = (
  schema: TSchema,
  targets: Targets,
  known: ReadonlySet<TSchema> = new Set(),
): boolean => {
  if (known.has(schema) || NEVER_UNDEFINED.has(schema[Kind]) || KindGuard.IsNot(schema)) return false
  const foreign = foreignOf(schema)
  if (foreign !== undefined) return foreign.acceptsUndefined
  const inner = targetsIn(schema, targets)
  const accepts = (part: TSchema): boolean => acceptsUndefined(part, inner, new Set([...known, schema]))
  if (KindGuard.IsUnion(schema)) return schema.anyOf.some(accepts)
  if (KindGuard.IsIntersect(schema)) return schema.allOf.every(accepts)
  const target = refers(schema) || KindGuard.IsImport(schema) ? inner.get(schema['$ref']) : undefined
  return target === undefined || accepts(target)
}

/** The kind of a check that rejects `undefined` alone. */
export const DEFINED = 'ackwire:defined'

/** Kinds that do not accept `undefined`. */
export const NEVER_UNDEFINED: ReadonlySet<string> = new Set([
  'Array',
  'Boolean',
  'Date',
  'Integer',
  'Literal',
  'Null',
  'Number',
  'Object',
  'Record',
  'String',
  'TemplateLiteral',
  'Tuple',
  'Uint8Array',
  DEFINED,
])

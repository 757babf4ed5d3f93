import { KindGuard, type TSchema } from '@sinclair/typebox'

/** A value that was derived from the annotations of schemas. It can be `null`, so an object holds it. */
export interface DerivedExample {
  readonly value: unknown
}

/** The schemas that references refer to, by name. */
type Definitions = Readonly<Record<string, TSchema>>

/** The maximum depth: a schema with a required property of its own type would have no end. */
const DEEPEST = 16

/**
 * Derives a value for a schema from its `examples`, `default`, `const` or `enum`, or from those of its parts; `undefined` if a
 * required part has none. No value is invented, since an invented example would look meaningful.
 */
export const deriveExample = (
  schema: TSchema,
  definitions: Definitions = {},
  depth = 0,
): DerivedExample | undefined => {
  if (depth > DEEPEST) return undefined
  const part = (child: TSchema): DerivedExample | undefined => deriveExample(child, definitions, depth + 1)
  const own = fromItself(schema)
  if (own !== undefined) return own
  if (KindGuard.IsNull(schema)) return { value: null }
  if (KindGuard.IsImport(schema) || KindGuard.IsRef(schema)) {
    const inner: Definitions = KindGuard.IsImport(schema) ? schema.$defs : definitions
    const target = inner[schema.$ref]
    return target === undefined ? undefined : deriveExample(target, inner, depth + 1)
  }
  if (KindGuard.IsObject(schema)) return fromProperties(schema.properties, part)
  if (KindGuard.IsTuple(schema)) return fromItems(schema.items ?? [], part)
  if (KindGuard.IsArray(schema)) return fromItems([schema.items], part)
  if (KindGuard.IsUnion(schema)) return first(schema.anyOf.map(part))
  if (KindGuard.IsIntersect(schema)) return merged(schema.allOf.map(part))
  return undefined
}

const fromItself = (schema: TSchema): DerivedExample | undefined => {
  const { examples } = schema
  if (Array.isArray(examples) && examples.length > 0) return { value: examples[0] }
  const { default: fallback, const: constant, enum: values, example } = schema
  if (fallback !== undefined && typeof fallback !== 'function') return { value: fallback }
  if (constant !== undefined) return { value: constant }
  if (Array.isArray(values) && values.length > 0) return { value: values[0] }
  return example === undefined ? undefined : { value: example }
}

const fromProperties = (
  properties: Definitions,
  part: (schema: TSchema) => DerivedExample | undefined,
): DerivedExample | undefined => {
  const entries: [string, unknown][] = []
  for (const [name, property] of Object.entries(properties)) {
    // Optional parts are omitted, since their examples need not fit together.
    if (KindGuard.IsOptional(property)) continue
    const derived = part(property)
    if (derived === undefined) return undefined
    entries.push([name, derived.value])
  }
  return { value: Object.fromEntries(entries) }
}

const fromItems = (
  items: readonly TSchema[],
  part: (schema: TSchema) => DerivedExample | undefined,
): DerivedExample | undefined => {
  const derived = items.map(part)
  const known = derived.filter(item => item !== undefined)
  return known.length === derived.length ? { value: known.map(item => item.value) } : undefined
}

const first = (members: readonly (DerivedExample | undefined)[]): DerivedExample | undefined =>
  members.find(member => member !== undefined)

const merged = (members: readonly (DerivedExample | undefined)[]): DerivedExample | undefined => {
  const values = members.map(member => member?.value)
  const objects = values.filter(value => typeof value === 'object' && value !== null)
  return objects.length === values.length ? { value: Object.assign({}, ...objects) } : undefined
}

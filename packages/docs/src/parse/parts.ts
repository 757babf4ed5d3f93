import { isJson, type Json } from './json.js'

/** The keys whose values map names to parts. Such a name may be that of a keyword. */
const NAMED: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'definitions',
  '$defs',
  'dependencies',
  'dependentSchemas',
  'channels',
  'operations',
  'servers',
  'messages',
  'schemas',
  'parameters',
  'variables',
  'replies',
  'securitySchemes',
  'serverVariables',
  'messageTraits',
  'operationTraits',
])

/** The internal keyword of a schema that is not JSON Schema: its format and its content. */
export const FOREIGN = 'x-ackwire-foreign'

/** The keywords whose values are data, in which nothing is a schema or a reference. */
const DATA: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'example', 'examples', FOREIGN])

/** A part of an object or a list. */
export interface Part {
  readonly key: string
  readonly value: unknown
  /** True if the keys of the value are names, of properties for example. */
  readonly areNames: boolean
}

/** Returns the parts of an object or a list, except data. `areNames` says that its keys are names, none of which is a keyword. */
export const partsOf = (owner: unknown, areNames: boolean): readonly Part[] => {
  if (Array.isArray(owner)) return owner.map((value, index) => ({ key: String(index), value, areNames: false }))
  if (!isJson(owner)) return []
  return Object.entries(owner)
    .filter(([key]) => areNames || !DATA.has(key))
    .map(([key, value]) => ({ key, value, areNames: !areNames && NAMED.has(key) }))
}

/** Returns a value with each part replaced, and the value itself if no part has changed. */
export const withParts = (owner: unknown, areNames: boolean, change: (part: Part) => unknown): unknown => {
  const changed = new Map<string, unknown>()
  for (const part of partsOf(owner, areNames)) {
    const value = change(part)
    if (value !== part.value) changed.set(part.key, value)
  }
  if (changed.size === 0) return owner
  if (Array.isArray(owner)) return owner.map((value: unknown, index) => changed.get(String(index)) ?? value)
  // Built from entries, so that a document's `__proto__` is an ordinary key.
  return Object.fromEntries(
    Object.entries(Object(owner)).map(([key, value]: [string, unknown]) => [
      key,
      changed.has(key) ? changed.get(key) : value,
    ]),
  )
}

/** Returns true for a reference. Among names it is one if it is alone, and the names are elsewhere. */
export const isReference = (value: unknown, areNames: boolean): value is Json & { readonly $ref: string } =>
  isJson(value) && typeof value['$ref'] === 'string' && (!areNames || Object.keys(value).length === 1)

/** Returns the references in a schema. */
export const pointersIn = (schema: unknown, areNames = false): readonly string[] => {
  return [
    ...(isReference(schema, areNames) ? [schema.$ref] : []),
    ...partsOf(schema, areNames).flatMap(part => pointersIn(part.value, part.areNames)),
  ]
}

import { Hint, KindGuard, type TSchema } from '@sinclair/typebox'
import type { Reference, Schema, SchemaObject } from './asyncapi.js'
import { refuse } from './definition.js'
import { checkComponentKey } from './names.js'
import { fillsRequired } from './schema/filled.js'
import type { Place, Target } from './schema/place.js'

/** Writes one schema out in full. Its parts go through the registry. */
export type Translate = (schema: TSchema, registry: Registry, place: Place) => SchemaObject

/** The schemas of a document. It alone decides whether a schema stands where it is used or is referred to. */
export interface Registry {
  /** The schema as it stands at its place. */
  use(schema: TSchema, place: Place): Schema
  /** Adds a schema of the document's own and returns the pointer to it. */
  add(key: string, schema: SchemaObject): Reference
  /** `components.schemas`, in order of first use. */
  schemas(): readonly (readonly [key: string, schema: SchemaObject])[]
}

const refer = (key: string): Reference => ({ $ref: `#/components/schemas/${key}` })

// TypeBox numbers recursive schemas without an $id by the order of their creation, which says nothing to a reader.
const isUnnamed = (schema: TSchema): boolean =>
  Reflect.get(schema, Hint) === 'Recursive' && /^T\d+$/.test(schema.$id ?? '')

/**
 * Begins a registry that writes schemas with `translate`. `filled` has the `$id`s that occur where the server fills in
 * defaults.
 */
export const createRegistry = (translate: Translate, filled: ReadonlySet<string>): Registry => {
  const schemas = new Map<string, SchemaObject>()
  const owners = new Map<string, { readonly source: string; readonly path: string }>()
  const unnamed = new Map<string, string>()

  const hoist = ({ schema, key }: Target, place: Place): Reference => {
    const source = JSON.stringify(schema)
    const owner = owners.get(key)
    if (owner === undefined) {
      checkComponentKey(key, place.path, 'the $id')
      owners.set(key, { source, path: place.path })
      // Taken before its parts are written, so that a schema that contains itself finds it, and for the order.
      schemas.set(key, {})
      const { type, ...rest } = translate(schema, registry, { ...place, name: key })
      schemas.set(key, { ...(type === undefined ? {} : { type }), title: key, ...rest })
    } else if (owner.source !== source) {
      refuse(place.path, `"${key}" names a different schema at ${owner.path}; give one of them another $id`)
    }
    return refer(key)
  }

  // A filled input asks for less than the same schema elsewhere says, so that one name can't stand for both
  // where both occur.
  const keyFor = (id: string, differs: boolean, place: Place): string =>
    differs && !place.fills && filled.has(id) ? `${id}Output` : id

  const keyOf = (id: string, schema: TSchema, place: Place): string => {
    const key = keyFor(id, fillsRequired(schema), place)
    if (!isUnnamed(schema)) return key
    const known = unnamed.get(key) ?? schema.title?.replaceAll(/[^\w.-]/g, '') ?? place.name
    unnamed.set(key, known)
    return known
  }

  const registry: Registry = {
    use(schema, place) {
      if (KindGuard.IsThis(schema) || KindGuard.IsRef(schema)) {
        const target = place.scope.get(schema.$ref)
        return target === undefined
          ? refuse(place.path, `"${schema.$ref}" refers to nothing in reach`)
          : hoist(target, place)
      }
      if (KindGuard.IsImport(schema)) {
        const definitions: [string, TSchema][] = Object.entries(schema.$defs)
        const differs = definitions.some(([, definition]) => fillsRequired(definition))
        const scope = new Map(
          definitions.map(([name, definition]) => [name, { schema: definition, key: keyFor(name, differs, place) }]),
        )
        const target = scope.get(schema.$ref)
        return target === undefined
          ? refuse(place.path, `the module has no "${schema.$ref}"`)
          : hoist(target, { ...place, scope })
      }
      if (schema.$id === undefined) return translate(schema, registry, place)
      const target = { schema, key: place.scope.get(schema.$id)?.key ?? keyOf(schema.$id, schema, place) }
      return hoist(target, { ...place, scope: new Map(place.scope).set(schema.$id, target) })
    },
    add(key, schema) {
      // The contract's own names come first: the document's own give way.
      const free = owners.has(key) ? `Ackwire${key}` : key
      if (owners.has(free))
        refuse(owners.get(free)?.path ?? free, `the $id "${free}" is the document's own; choose another`)
      owners.set(free, { source: '', path: 'the document' })
      schemas.set(free, schema)
      return refer(free)
    },
    schemas: () => [...schemas],
  }
  return registry
}

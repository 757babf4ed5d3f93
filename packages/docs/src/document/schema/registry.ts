import { KindGuard, type TSchema } from '@sinclair/typebox'
import type { Reference, Schema, SchemaObject } from '../../asyncapi/asyncapi-types.js'
import { throwDefinitionError } from '../../definition/definition-error.js'
import { checkClaims } from './check-examples.js'
import { checkComponentKey } from '../../asyncapi/identifiers.js'
import { checkValues } from './check.js'
import { fillsRequired } from './filled.js'
import { keywordsOf } from './keywords.js'
import { isUnnamed, sourceOf } from './parts.js'
import type { Place, Target } from './place.js'
import { createTitles, titled, type Titles } from './titles.js'

/** Writes one schema. Its parts go through the registry. */
export type Translate = (schema: TSchema, registry: Registry, place: Place) => SchemaObject

/** The schemas of a document. Only the registry decides if a schema is inlined or referred to. */
export interface Registry extends Titles {
  /** Returns the schema, or a reference to it, for its place. */
  use(schema: TSchema, place: Place): Schema
  /** Adds a schema of the document itself and returns a reference to it. */
  add(key: string, schema: SchemaObject): Reference
  /** Registers a written schema whose default and examples are checked at the end, when everything it refers to is written. */
  claim(schema: SchemaObject, path: string): void
  /** Returns `components.schemas`, in order of first use. */
  schemas(): readonly (readonly [key: string, schema: SchemaObject])[]
}

/** The initial knowledge of a registry. */
export interface RegistrySetting {
  readonly translate: Translate
  /** The `$id`s of schemas in which the server fills in defaults. */
  readonly filled: ReadonlySet<string>
  /** The names that the contract gives to its schemas. */
  readonly names: ReadonlySet<string>
}

const refer = (key: string): Reference => ({ $ref: `#/components/schemas/${key}` })

/** The owner of a name. */
interface Owner {
  readonly schema: TSchema | undefined
  readonly scope: Place['scope']
  readonly path: string
}

/** The number of named schemas inside each other up to which they are written at once; those beyond are written afterwards. */
const MOST_NESTED = 50

const sourceIn = ({ schema, scope }: Owner): string => (schema === undefined ? '' : sourceOf(schema, scope))

/** Creates a registry. */
export const createRegistry = ({ translate, filled, names }: RegistrySetting): Registry => {
  const schemas = new Map<string, SchemaObject>()
  const owners = new Map<string, Owner>()
  const unnamed = new Map<string, string>()
  const claims: (readonly [path: string, schema: SchemaObject])[] = []
  const titles = createTitles(names)

  const later: (() => void)[] = []
  let nested = 0

  const write = (): void => {
    nested++
    later.pop()?.()
    nested--
    if (nested > 0) return
    for (let next = later.pop(); next !== undefined; next = later.pop()) {
      nested++
      next()
      nested--
    }
  }

  const hoist = ({ schema, key }: Target, place: Place): Reference => {
    const owner = owners.get(key)
    if (owner === undefined) {
      checkComponentKey(key, place.path, 'the $id')
      owners.set(key, { schema, scope: place.scope, path: place.path })
      // Reserved before its parts are written, so that recursive schemas find it, and to keep the order.
      schemas.set(key, {})
      later.push(() => {
        const { type, ...rest } = translate(schema, registry, { ...place, name: key, isNamed: true })
        schemas.set(key, { ...(type === undefined ? {} : { type }), title: key, ...rest })
      })
      if (nested < MOST_NESTED) write()
    } else if (owner.schema !== schema && sourceIn(owner) !== sourceOf(schema, place.scope)) {
      throwDefinitionError(
        place.path,
        `"${key}" names a different schema at ${owner.path}; give one of them another $id`,
      )
    }
    return refer(key)
  }

  // A filled input requires less than the same schema elsewhere, so they need two names if both occur.
  const keyFor = (id: string, differs: boolean, place: Place): string =>
    differs && !place.fills && filled.has(id) ? `${id}Output` : id

  const keyOf = (id: string, schema: TSchema, place: Place): string => {
    const key = keyFor(id, fillsRequired(schema, place), place)
    if (!isUnnamed(schema)) return key
    const known = unnamed.get(key) ?? schema.title?.replaceAll(/[^\w.-]/g, '') ?? titles.titleFor(place, key)
    unnamed.set(key, known)
    return known
  }

  const targetOf = (schema: TSchema, place: Place): Reference | undefined => {
    if (KindGuard.IsThis(schema) || KindGuard.IsRef(schema)) {
      const target = place.scope.get(schema.$ref)
      return target === undefined
        ? throwDefinitionError(
            place.path,
            `"${schema.$ref}" can't be resolved here; refer to a schema around it or of its module`,
          )
        : hoist(target, place)
    }
    if (!KindGuard.IsImport(schema)) return undefined
    const definitions: [string, TSchema][] = Object.entries(schema.$defs)
    const unnamed = new Map(definitions.map(([name, definition]) => [name, { schema: definition, key: name }]))
    const differs = definitions.some(([, definition]) => fillsRequired(definition, { scope: unnamed }))
    const scope = new Map(
      definitions.map(([name, definition]) => [name, { schema: definition, key: keyFor(name, differs, place) }]),
    )
    const target = scope.get(schema.$ref)
    return target === undefined
      ? throwDefinitionError(place.path, `the module has no "${schema.$ref}"`)
      : hoist(target, { ...place, scope })
  }

  const registry: Registry = {
    ...titles,
    use(schema, place) {
      const reference = targetOf(schema, place)
      if (reference !== undefined) {
        checkValues(schema, place)
        const said = keywordsOf(schema, '$ref')
        // Keywords beside a $ref are ignored.
        return Object.keys(said).length === 0
          ? reference
          : { title: titled(schema, place, titles).name, ...said, allOf: [reference] }
      }
      if (schema.$id === undefined) return translate(schema, registry, place)
      const target = { schema, key: place.scope.get(schema.$id)?.key ?? keyOf(schema.$id, schema, place) }
      return hoist(target, { ...place, scope: new Map(place.scope).set(schema.$id, target) })
    },
    add(key, schema) {
      // The contract's names take precedence over the document's own.
      const free = names.has(key) || owners.has(key) ? `Ackwire${key}` : key
      if (owners.has(free))
        throwDefinitionError(
          owners.get(free)?.path ?? free,
          `the $id "${free}" is reserved by the document; choose another`,
        )
      owners.set(free, { schema: undefined, scope: new Map(), path: 'the document' })
      schemas.set(free, schema)
      return refer(free)
    },
    claim(schema, path) {
      if (schema['default'] !== undefined || schema['examples'] !== undefined) claims.push([path, schema])
    },
    schemas() {
      checkClaims(claims, Object.fromEntries(schemas))
      return [...schemas]
    },
  }
  return registry
}

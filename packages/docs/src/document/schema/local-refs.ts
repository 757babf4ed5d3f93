import { Kind, Type, type TSchema } from '@sinclair/typebox'
import type { Place, Target } from './place.js'
import type { Registry } from './registry.js'

/** The whole JSON Schemas, by the schemas that stand for them or for a part of them. */
const roots = new WeakMap<object, object>()
/** The targets of the references in each of them. */
const targets = new WeakMap<object, Map<string, Target>>()

/** Returns the JSON Schema that the references in `raw` refer to. `schema` is the schema of the contract. */
export const rootOf = (schema: TSchema, raw: object): object => {
  const root = roots.get(schema) ?? raw
  roots.set(schema, root)
  return root
}

/** Returns the schema that a reference inside a JSON Schema refers to; `undefined` if it is not there. */
export const targetOf = (reference: string, registry: Registry, place: Place): Target | undefined => {
  const { root } = place
  const raw = root && (reference.startsWith('#') ? pointed(root, reference.slice(1)) : named(root, reference))
  if (root === undefined || raw === undefined) return undefined
  const known = targets.get(root) ?? new Map<string, Target>()
  targets.set(root, known)
  const target = known.get(reference) ?? createTarget(reference, raw, registry, place)
  known.set(reference, target)
  roots.set(target.schema, root)
  return target
}

const createTarget = (reference: string, raw: object, registry: Registry, place: Place): Target => {
  const { $schema: _, $defs: _defs, definitions: _definitions, ...keywords }: Record<string, unknown> = { ...raw }
  const name = nameIn(reference) ?? (typeof keywords['$id'] === 'string' ? keywords['$id'] : undefined)
  const id = name === undefined ? {} : { $id: name }
  return {
    schema: Type.Unsafe({ ...keywords, ...id, [Kind]: 'Unsafe' }),
    key: name?.replaceAll(/[^\w.-]/g, '') ?? registry.titleFor(place, [reference, raw]),
  }
}

/** Returns the name that a library, or an author, has given to a definition; `undefined` if the library has numbered it. */
const nameIn = (reference: string): string | undefined => {
  const [, name = ''] = /^#\/(?:definitions|\$defs)\/([^/]+)$/.exec(reference) ?? []
  return name === '' || GENERATED.test(name) ? undefined : unescaped(name)
}

/** The names that Zod and ArkType give to definitions without a name of their own. */
const GENERATED = /^(__schema|alias|domain|intersection|jsonData|morph|proto|structure|union|unit)\d+$/

const unescaped = (step: string): string => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')

/** Returns the definition that has a name, or an `$id`, to which a reference without a pointer refers. */
const named = (root: object, name: string): object | undefined =>
  [Reflect.get(root, '$defs'), Reflect.get(root, 'definitions')]
    .flatMap(definitions => Object.entries<unknown>(Object(definitions)))
    .filter((entry): entry is [string, object] => typeof entry[1] === 'object' && entry[1] !== null)
    .find(([key, definition]) => (Reflect.get(definition, '$id') ?? key) === name)?.[1]

const pointed = (root: object, pointer: string): object | undefined => {
  if (pointer !== '' && !pointer.startsWith('/')) return undefined
  const steps = pointer.split('/').slice(1).map(unescaped)
  const found = steps.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? Reflect.get(at, step) : undefined,
    root,
  )
  return typeof found === 'object' && found !== null ? found : undefined
}

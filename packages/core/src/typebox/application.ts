/**
 * The state of the application's TypeBox, in place of that of the copy which is bundled for Node: formats, kinds and the policy are
 * those of the application, whichever of the two an application or a schema is from. An application can have loaded TypeBox as ES
 * modules, as CommonJS, or as both: what is registered with either counts.
 */
import { createRequire } from 'node:module'
import type { TypeSystemPolicy } from '@sinclair/typebox/system'

const require = createRequire(import.meta.url)

type Policy = typeof TypeSystemPolicy
type Check = (...values: never[]) => boolean
type Checks = Pick<Map<string, Check>, 'get' | 'has' | 'set' | 'delete' | 'clear'> & Iterable<readonly [string, Check]>

/** A registry of TypeBox: the functions of its module. */
interface Registry {
  readonly Entries: () => Map<string, Check>
  readonly Get: Checks['get']
  readonly Has: Checks['has']
  readonly Set: Checks['set']
  readonly Delete: Checks['delete']
  readonly Clear: Checks['clear']
}

const asChecks = ({ Entries, Get, Has, Set, Delete, Clear }: Registry): Checks => ({
  get: Get,
  has: Has,
  set: Set,
  delete: Delete,
  clear: Clear,
  [Symbol.iterator]: () => Entries()[Symbol.iterator](),
})

/** The copies of TypeBox that an application can have loaded. */
const FORMS = [
  { folder: 'esm', extension: 'mjs' },
  { folder: 'cjs', extension: 'js' },
] as const

/**
 * Returns a function that loads a module of the application's TypeBox, with nothing else of it. The function returns `undefined` as
 * long as the application itself is loading that module, and always where the module can't be loaded.
 */
const ofApplication = <Module>(form: (typeof FORMS)[number], path: string): (() => Module | undefined) => {
  let found: Module | undefined
  let isMissing = false
  return () => {
    if (found !== undefined || isMissing) return found
    try {
      const index = require.resolve('@sinclair/typebox')
      found = require(index.replace(/cjs([\\/])index\.js$/, `${form.folder}$1${path}.${form.extension}`)) as Module
    } catch (error) {
      // The others, which differ between versions of Node, say that the module is still being loaded.
      isMissing = /MODULE_NOT_FOUND$|^ERR_REQUIRE_ESM$/.test(String(Reflect.get(Object(error), 'code')))
    }
    return found
  }
}

/** Returns a function that returns a part of the state, of each copy of TypeBox that is loaded. */
const loadedOf = <Module, Part>(path: string, read: (module: Module) => Part): (() => readonly Part[]) => {
  const loads = FORMS.map(form => {
    const load = ofApplication<Module>(form, path)
    let part: Part | undefined
    return () => {
      const module = load()
      return module && (part ??= read(module))
    }
  })
  let loaded: readonly Part[] = []
  return () => {
    if (loaded.length < FORMS.length) loaded = loads.flatMap(load => load() ?? [])
    return loaded
  }
}

/** Returns the map behind a registry of the bundled TypeBox. It holds what the application's registries hold. */
export const registered = (name: 'format' | 'type'): Checks => {
  const load = loadedOf<Registry, Checks>(`type/registry/${name}`, asChecks)
  /** Registrations from before all copies were loaded, for those that follow. */
  const own = new Map<string, Check>()
  const known = new Set<Checks>()
  const copies = (): readonly Checks[] => {
    const loaded = load()
    if (known.size === loaded.length) return loaded.length === 0 ? [own] : loaded
    for (const copy of loaded) {
      if (known.has(copy)) continue
      known.add(copy)
      for (const [key, check] of own) copy.set(key, check)
    }
    return loaded
  }
  return asChecks({
    Entries: () => new Map(copies().flatMap(copy => Array.from(copy))),
    Get: key =>
      copies()
        .find(copy => copy.has(key))
        ?.get(key),
    Has: key => copies().some(copy => copy.has(key)),
    Set: (key, check) => {
      const all = copies()
      if (all.length < FORMS.length) own.set(key, check)
      for (const copy of all) copy.set(key, check)
      return own
    },
    Delete: key => {
      own.delete(key)
      return copies().filter(copy => copy.delete(key)).length > 0
    },
    Clear: () => {
      own.clear()
      for (const copy of copies()) copy.clear()
    },
  })
}

/** Makes a policy of TypeBox have the settings of the application's policy. */
export const followApplication = (policy: Policy): void => {
  const load = loadedOf<{ readonly TypeSystemPolicy: Policy }, Policy>(
    'system/policy',
    module => module.TypeSystemPolicy,
  )
  for (const [name, own] of Object.entries(policy)) {
    if (typeof own === 'function') continue
    const get = (): unknown => {
      const others = load().map(each => Reflect.get(each, name) as unknown)
      return others.find(setting => setting !== own) ?? own
    }
    Object.defineProperty(policy, name, { get })
  }
}

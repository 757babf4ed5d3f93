/**
 * The state of the application's TypeBox, in place of that of the copy which is bundled for Node: formats, kinds and the policy are
 * those of the application, whichever of the two an application or a schema is from.
 */
import { createRequire } from 'node:module'
import type { TypeSystemPolicy } from '@sinclair/typebox/system'

const require = createRequire(import.meta.url)

/**
 * Returns a function that loads a module of the application's TypeBox, with nothing else of it. The function returns `undefined` as
 * long as the application itself is loading that module, and always where the module can't be found.
 */
const ofApplication = <Module>(path: string): (() => Module | undefined) => {
  let found: Module | undefined
  let isMissing = false
  return () => {
    if (found !== undefined || isMissing) return found
    try {
      found = require(require.resolve('@sinclair/typebox').replace(/cjs([\\/])index\.js$/, `esm$1${path}`)) as Module
    } catch (error) {
      // Other codes, which differ between versions of Node, say that the module is still being loaded.
      isMissing = String(Reflect.get(Object(error), 'code')).endsWith('MODULE_NOT_FOUND')
    }
    return found
  }
}

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

/** Returns the map behind a registry of the bundled TypeBox. It holds what the application's registry holds. */
export const registered = (name: 'format' | 'type'): Checks => {
  const load = ofApplication<Registry>(`type/registry/${name}.mjs`)
  const own = new Map<string, Check>()
  let shared: Checks | undefined
  const checks = (): Checks => {
    if (shared !== undefined) return shared
    const registry = load()
    if (registry === undefined) return own
    shared = asChecks(registry)
    // Those that were registered while the application was loading its registry.
    for (const [key, check] of own) shared.set(key, check)
    return shared
  }
  return asChecks({
    Entries: () => new Map(checks()),
    Get: key => checks().get(key),
    Has: key => checks().has(key),
    Set: (key, check) => checks().set(key, check),
    Delete: key => checks().delete(key),
    Clear: () => checks().clear(),
  })
}

/** Makes a policy of TypeBox have the settings of the application's policy. */
export const followApplication = (policy: typeof TypeSystemPolicy): void => {
  const load = ofApplication<{ readonly TypeSystemPolicy: typeof TypeSystemPolicy }>('system/policy.mjs')
  for (const [name, own] of Object.entries(policy)) {
    if (typeof own === 'function') continue
    const get = (): unknown => Reflect.get(load()?.TypeSystemPolicy ?? {}, name) ?? own
    Object.defineProperty(policy, name, { get })
  }
}

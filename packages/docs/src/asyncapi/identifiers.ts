import { throwDefinitionError } from '../definition/definition-error.js'

/** Matches the keys that AsyncAPI allows for components, channels and messages. */
const COMPONENT_KEY = /^[\w.-]+$/

/** Throws for a name that can't be a component's key. */
export const checkComponentKey = (key: string, path: string, what: string): void => {
  if (!COMPONENT_KEY.test(key))
    throwDefinitionError(
      path,
      `${what} ${JSON.stringify(key)} names a component; write it with letters, digits, "_", "." and "-" only`,
    )
}

const slug = (name: string): string => name.replaceAll(/\W/gu, '_')

/** Spells out each replaced character, so that two names with the same slug stay distinct in any order. */
const escaped = (name: string): string =>
  name.replaceAll(/\W/gu, character => `_x${character.codePointAt(0)?.toString(16)}_`)

const namespaceSlug = (name: string): string => {
  if (name === '/') return 'root'
  const key = name.slice(1).replaceAll(/\W+/g, '_').replace(/_$/, '')
  return /^[A-Za-z]/.test(key) ? key : `ns_${key}`
}

const keysBy = (
  names: readonly string[],
  short: (name: string) => string,
  keepsShort: (name: string) => boolean,
  path: (name: string) => string,
): ReadonlyMap<string, string> => {
  const uses = new Map<string, number>()
  for (const name of names) uses.set(short(name), (uses.get(short(name)) ?? 0) + 1)
  const keys = new Map<string, string>()
  const owners = new Map<string, string>()
  for (const name of names) {
    const key = uses.get(short(name)) === 1 || keepsShort(name) ? short(name) : escaped(name)
    const owner = owners.get(key)
    if (owner !== undefined)
      throwDefinitionError(path(name), `its key in the document, "${key}", is already used by "${owner}"; rename one`)
    owners.set(key, name)
    keys.set(name, key)
  }
  return keys
}

/** Returns an identifier as the key of each name. If keys clash, the names that had to be changed are spelled out. */
export const createKeys = (names: readonly string[], path: (name: string) => string): ReadonlyMap<string, string> =>
  keysBy(names, slug, name => slug(name) === name, path)

/** Returns the channel key of each namespace: `root` for `/`, `game_id` for `/game-{id}`. */
export const createChannelKeys = (names: readonly string[]): ReadonlyMap<string, string> =>
  keysBy(
    names,
    namespaceSlug,
    name => name === '/',
    name => name,
  )

/** Converts a name to a title: `user_sign_up` and `user:sign-up` give `UserSignUp`. */
export const pascal = (name: string): string =>
  name
    .split(/[^\p{L}\p{N}]+/u)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

import { effect, signal, type Signal } from '@preact/signals'
import { isJson, jsonOf, numberOf } from '../../../parse/json.js'
import { load, save } from './saved.js'

/** The data of a handshake. */
export interface Handshake {
  readonly server: number
  readonly params: Readonly<Record<string, unknown>>
  readonly auth: unknown
  readonly query: unknown
}

/**
 * Creates the handshake of a namespace as it was before the page was loaded again. Its `auth` is kept only if the reader wants that,
 * and then on the device.
 */
export const keptHandshake = (
  key: string,
  initial: Omit<Handshake, 'server'>,
  servers: number,
): { readonly handshake: Signal<Handshake>; readonly isAuthKept: Signal<boolean> } => {
  const [name, authName] = [`handshake ${key}`, `auth ${key}`]
  const known = jsonOf(load(name))
  const knownAuth = load(authName, 'device')
  const server = numberOf(known['server']) ?? 0
  const isAuthKept = signal(isJson(knownAuth))
  const handshake = signal<Handshake>({
    server: server < servers ? server : 0,
    params: { ...initial.params, ...jsonOf(known['params']) },
    auth: isJson(knownAuth) ? knownAuth['auth'] : initial.auth,
    query: 'query' in known ? known['query'] : initial.query,
  })
  effect(() => {
    const { auth, ...rest } = handshake.value
    save(name, rest)
    save(authName, isAuthKept.value ? { auth } : undefined, 'device')
  })
  return { handshake, isAuthKept }
}

import type { Router } from '@ackwire/core'
import type { AuthOf, RouterTypes, TypedContract, View } from '@ackwire/core/declarations'
import { useState } from 'react'
import type { Socket } from 'socket.io-client'
import { createClient, isRouter, type NoContract } from '../client.js'
import type { OptionsArgument } from '../client-options.js'
import type { Client } from '../infer.js'
import { withoutTrailing } from '../outgoing.js'
import { internalsOf, type ManagerInternals } from '../socket-io-internals.js'
import { announce, begin } from './connection.js'
import { useEarlyEffect } from './stable.js'

interface AnyClient {
  readonly socket: Socket
  close(): unknown
}

/** Makes a manager connect further namespaces by itself. */
const CONNECTS_NAMESPACES: Partial<ManagerInternals> = { _autoConnect: true }

/** The number of mounted components that use a socket. */
const users = new WeakMap<Socket, number>()

const count = ({ socket }: AnyClient, by: 1 | -1): void => void users.set(socket, (users.get(socket) ?? 0) + by)

/**
 * Returns a client that is connected while the component is mounted. Takes the arguments of `createClient`, and reads them only
 * once, like `useState`; for another client, give the component another `key`. The client has its own connection, which is not
 * opened during server rendering.
 *
 * Given an existing client, such as that of a namespace, connects it while a component that uses it is mounted, and closes it
 * after the last one unmounts.
 *
 * @example
 * const client = useClient<typeof api>('http://localhost:3000', { auth: { token } })
 * const game = useClient(client.of('/game-{id}', { id }))
 */
export function useClient<Contract extends TypedContract, Side extends View>(
  client: Client<Contract, Side>,
): Client<Contract, Side>
export function useClient<Contract extends Router<RouterTypes>>(
  api: Contract,
  ...options: OptionsArgument<AuthOf<Contract>>
): Client<Contract, 'decoded'>
export function useClient<Contract extends Router<RouterTypes>>(
  api: Contract,
  url: string,
  ...options: OptionsArgument<AuthOf<Contract>>
): Client<Contract, 'decoded'>
export function useClient<Contract extends Router<RouterTypes> = NoContract>(
  ...options: OptionsArgument<AuthOf<Contract>>
): Client<Contract>
export function useClient<Contract extends Router<RouterTypes> = NoContract>(
  url: string,
  ...options: OptionsArgument<AuthOf<Contract>>
): Client<Contract>
export function useClient(...given: readonly unknown[]): unknown {
  const [made] = useState(() => (isClient(given[0]) ? undefined : make(given)))
  const client = useFirst(made ?? (given[0] as AnyClient))
  useEarlyEffect(() => {
    count(client, 1)
    begin(client.socket)
    // From now on its namespaces connect by themselves, like those of any client.
    if (client === made) Object.assign(internalsOf(client.socket).io, CONNECTS_NAMESPACES)
    return () => {
      count(client, -1)
      // Deferred, since strict mode remounts at once, and another component may mount.
      queueMicrotask(() => users.get(client.socket) === 0 && client.close())
    }
  }, [client, made])
  return client
}

/** Returns the first client of a socket, since `of` creates a new one at each render. */
const useFirst = (client: AnyClient): AnyClient => {
  const [first, setFirst] = useState(client)
  if (first.socket === client.socket) return first
  setFirst(client)
  return client
}

/** Creates a client that opens nothing while rendering, since React may discard a render. */
const make = (given: readonly unknown[]): AnyClient => {
  const known = withoutTrailing(given)
  const [last] = known.slice(-1)
  const [values, options] = isOptions(last) ? [known.slice(0, -1), last as object] : [known, {}]
  // `createClient` has the same overloads as this hook.
  const create = createClient as (...args: readonly unknown[]) => AnyClient
  const client = create(...values, { ...options, autoConnect: false, forceNew: true })
  announce(client.socket)
  return client
}

const isClient = (value: unknown): value is AnyClient =>
  typeof value === 'object' && value !== null && 'socket' in value
const isOptions = (value: unknown): boolean => typeof value === 'object' && value !== null && !isRouter(value)

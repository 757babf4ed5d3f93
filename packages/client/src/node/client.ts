import type { Socket } from 'socket.io-client'
import { createClient as create } from '../client.js'
import { coalesceWrites } from './write-coalescing.js'

const createAny: (...given: readonly object[]) => object = create

/** Creates a client whose connection writes the packets of one tick together, unless its options turn that off. */
export const createClient = ((...given: readonly object[]): object => {
  const client = createAny(...given) as { readonly socket: Socket }
  const options: unknown = given.at(-1)
  if (Reflect.get(Object(options), 'coalesceWrites') !== false) coalesceWrites(client.socket.io)
  return client
}) as typeof create

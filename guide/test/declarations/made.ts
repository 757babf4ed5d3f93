/** Exports of everything that the packages create, whose types a project's declarations must be able to name. */
import { createClient, safe } from '@ackwire/client'
import {
  mutationOptions,
  queryOptions,
  useCall,
  useClient,
  useConnection,
  useEvent,
  useStream,
} from '@ackwire/client/react'
import { attach, guard, tracked } from '@ackwire/core/server'
import { serve } from '@ackwire/core/testing'
import * as docs from '@ackwire/docs'
import { Server } from 'socket.io'
import { api } from './contract.js'

export const server = attach(new Server(), api)
export const games = server.of('/game-{id}').authenticate(({ auth, params }) => ({ user: auth.token, game: params.id }))
export const timed = games.use(({ next }) => next({ startedAt: performance.now() }))
export const one = server.of('/game-{id}', { id: 1 })
export const selection = server.to('room').timeout(500)
export const { on, handle, emit } = server
export const item = tracked('1', 2)
export const parser = guard()
export const served = () => serve(api)

export const client = createClient<typeof api>('http://localhost')
export const decoding = createClient(api, 'http://localhost')
export const game = client.of('/game-{id}', { id: 1 }, { auth: { token: '' } })
export const call = () => client.emit.plain('')
export const safely = () => safe(decoding.emit.coded(new Date()))
export const stream = () => decoding.stream.stream()
export const loop = () => client.iterate.output()

export const useAll = () => {
  const client = useClient<typeof api>()
  return {
    client,
    connection: useConnection(client),
    call: useCall(client.emit.plain),
    latest: useEvent(client.on.output),
    stream: useStream(client.stream.stream, []),
    query: queryOptions(client.emit.plain, ''),
    mutation: mutationOptions(client.emit.plain),
  }
}

export const document = docs.document(api)
export const catalog = docs.catalog(api)
export const handler = docs.handler(api)

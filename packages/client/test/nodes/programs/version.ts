/** Runs a node of a server that is being upgraded, with the old or the new contract. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { attach } from '@ackwire/core/server'
import { Server } from 'socket.io'
import { apiOf, PAIRS } from '../versions.js'
import { adapterHere } from './adapter.js'

// Each namespace's adapter adds a listener.
process.setMaxListeners(0)
const age = process.env['NODE_INDEX'] === '0' ? 'old' : 'new'
const http = createServer()
const io = new Server(http, { adapter: adapterHere().adapter })
const server = attach(io, apiOf(age), { unknownEvents: 'answer' })
server.onError(() => {})

/** A binding of a contract that is only known at run time. */
interface Loose {
  readonly on: Readonly<Record<string, (handler: () => unknown) => void>>
  readonly emit: Readonly<Record<string, (...args: readonly unknown[]) => void>>
}

for (const [name, { [age]: version }] of Object.entries(PAIRS)) {
  if (version === undefined) continue
  const { on, emit } = server.of(name as never) as unknown as Loose
  for (const event of Object.keys(version.calls)) on[event]?.(() => version.replies[event])
  on['speak']?.(() => {
    for (const [event, args] of Object.entries(version.outputs)) emit[event]?.(...args)
    emit['spoken']?.()
  })
}

http.listen({ port: 0, host: '127.0.0.1', exclusive: true })
await once(http, 'listening')
process.send?.({ port: (http.address() as AddressInfo).port, pid: process.pid, age })
process.on('disconnect', () => process.exit())

import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createClient, safe, EventError as ClientError } from '@ackwire/client'
import { EventError } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { render } from '@ackwire/docs'
import { Server } from 'socket.io'
import { api } from './contract.js'

/** Serves the contract, calls it, and resolves to what has been seen. */
export async function run(): Promise<readonly unknown[]> {
  const http = createServer().listen(0)
  await once(http, 'listening')
  const server = attach(new Server(http), api)
  server.on.measure(({ input, fail }) => {
    if (input.length > 4) return fail('TOO_LONG', { most: 4 })
    server.emit.measured(input.length)
    return input.length
  })
  const { port } = http.address() as AddressInfo
  const client = createClient(api, `http://localhost:${port}`, { transports: ['websocket'] })
  const seen: unknown[] = []
  client.on.measured(length => seen.push(['measured', length]))
  seen.push(await client.emit.measure('four'))
  for (const text of ['odd', 'longer']) {
    const [error] = await safe(client.emit.measure(text))
    seen.push([error?.code, error instanceof EventError, error instanceof ClientError])
  }
  seen.push(render(api).startsWith('asyncapi: 3'))
  client.close()
  await server.close()
  http.close()
  return seen
}

/** Texts that have to be seen. */
export const EXPECTED: readonly unknown[] = [
  ['measured', 4],
  4,
  ['INVALID_INPUT', true, true],
  ['TOO_LONG', true, true],
  true,
]

/**
 * Calls a server as another service does, in a process of its own: `node service.ts CONTENDER PORT`. `{ ticks, inTick }` makes that many
 * calls at once, as often, and reports the CPU time of this process.
 */
import { createClient } from '@ackwire/client'
import { io } from 'socket.io-client'
import { INPUTS } from '../peers/input.js'
import { BASE, isAckwire, WITHOUT_COALESCING, type api } from './contenders.js'

/** A message to the process. */
export type ServiceTold = { readonly ticks: number; readonly inTick: number }

const [, , name = BASE, port] = process.argv
const options = { transports: ['websocket'], forceNew: true, coalesceWrites: name !== WITHOUT_COALESCING }
const socket = io(`http://127.0.0.1:${port}`, options)
const client = isAckwire(name) ? createClient<typeof api>(socket, options) : undefined
const input = INPUTS.small.valid
const call = (): Promise<unknown> => client?.emit.sign_up(input) ?? socket.emitWithAck('sign_up', input)

process.on('message', async ({ ticks, inTick }: ServiceTold) => {
  const before = process.cpuUsage()
  for (let left = ticks; left > 0; left--) {
    const replies = await Promise.all(Array.from({ length: inTick }, call))
    if (JSON.stringify(replies[0]) !== '{"success":true}') throw new Error(`got ${JSON.stringify(replies[0])}`)
  }
  const { user, system } = process.cpuUsage(before)
  process.send?.({ cpuMicros: user + system })
})
process.on('disconnect', () => process.exit())
await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject))
process.send?.('ready')

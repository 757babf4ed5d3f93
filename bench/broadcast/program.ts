/** A server that sends to all of its sockets, in a process of its own: `node program.ts CONTENDER`. */
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { listening } from '../peers/peer.js'
import { CONTENDERS, OUTPUTS, type Output } from './contenders.js'

/** What it is told: how often to send what, or that it shall say its CPU time. */
export type Told = { readonly send: Output; readonly kind: 'valid' | 'invalid'; readonly times: number } | 'cpu'

const contender = CONTENDERS.get(process.argv[2] ?? '')
if (contender === undefined) throw new Error(`no such contender; there are ${[...CONTENDERS.keys()].join(', ')}`)
const http = createServer()
const send = contender.bind(new Server(http, { transports: ['websocket'] }))

const answer = async (told: Told): Promise<object> => {
  if (told === 'cpu') {
    const { user, system } = process.cpuUsage()
    return { cpuMicros: user + system }
  }
  let refused = 0
  for (let left = told.times; left > 0; left--) {
    try {
      send(OUTPUTS[told.send][told.kind])
    } catch {
      refused++
    }
    // As if something else had happened in between.
    await new Promise(resolve => setImmediate(resolve))
  }
  return { refused }
}
process.on('message', async told => process.send?.(await answer(told as Told)))
process.on('disconnect', () => process.exit())
process.send?.({ port: await listening(http) })

/** Runs a server that broadcasts to all of its sockets, in a process of its own: `node program.ts CONTENDER`. */
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { listening } from '../peers/peer.js'
import { CONTENDERS, OUTPUTS, type Output } from './contenders.js'

/** A message to the process: a number of outputs to send, or a request for its CPU time. */
export type Told = { readonly send: Output; readonly kind: 'valid' | 'invalid'; readonly times: number } | 'cpu'

const contender = CONTENDERS.get(process.argv[2] ?? '')
if (contender === undefined)
  throw new Error(`unknown contender ${process.argv[2]}; expected one of ${[...CONTENDERS.keys()].join(', ')}`)
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
    // Yields to the event loop between broadcasts, as a real server would.
    await new Promise(resolve => setImmediate(resolve))
  }
  return { refused }
}
process.on('message', async told => process.send?.(await answer(told as Told)))
process.on('disconnect', () => process.exit())
process.send?.({ port: await listening(http) })

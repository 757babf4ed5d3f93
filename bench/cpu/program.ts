/** Runs one of the servers in a process of its own: `node program.ts CONTENDER`. Reports its CPU time on request. */
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { listening } from '../peers/peer.js'
import { CONTENDERS } from './contenders.js'

/** A message to the process: a number of outputs to send in one tick, or a request for its CPU time. */
export type Told = { readonly outputs: number; readonly output: object } | 'cpu'

const bind = CONTENDERS.get(process.argv[2] ?? '')
if (bind === undefined)
  throw new Error(`unknown contender ${process.argv[2]}; expected one of ${[...CONTENDERS.keys()].join(', ')}`)
const http = createServer()
const send = bind(new Server(http, { transports: ['websocket'] }))

process.on('message', (told: Told) => {
  if (told !== 'cpu') for (let left = told.outputs; left > 0; left--) send(told.output)
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMicros: user + system, pid: process.pid })
})
process.on('disconnect', () => process.exit())
process.send?.({ port: await listening(http) })

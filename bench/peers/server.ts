/**
 * Runs one contender's server in a process of its own: `node server.ts NAME`. Reports its CPU time in microseconds on request.
 */
import { peerOf } from './all.js'

const peer = await peerOf(process.argv[2] ?? '')
process.send?.({ port: await peer.listen() })
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMicros: user + system })
})
process.on('disconnect', () => process.exit())

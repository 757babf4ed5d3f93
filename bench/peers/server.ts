/** One contender's server in a process of its own: `node server.ts NAME`. It tells its CPU time in microseconds when asked. */
import { peerOf } from './all.js'

const peer = await peerOf(process.argv[2] ?? '')
process.send?.({ port: await peer.listen() })
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMicros: user + system })
})
process.on('disconnect', () => process.exit())

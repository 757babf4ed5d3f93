/**
 * Measures the server's heap per waiting stream: many streams are open, each with a reader that waits for the next page. The heap
 * with the same sockets and no streams is subtracted; both are measured after garbage collection.
 */
import { io, type Socket } from 'socket.io-client'
import { start } from './child.js'

const SOCKETS = 20
const COUNTS = [1_000, 5_000, 10_000]

interface Page {
  readonly items: readonly unknown[]
  readonly next: string
}

const child = await start(new URL('stream-server.ts', import.meta.url), [], ['--expose-gc'])
const { port } = await child.hear<{ readonly port: number }>()
const state = () => child.ask<{ readonly bytes: number; readonly open: number }>('state')

const connect = async (): Promise<Socket> => {
  const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true })
  await new Promise<void>(resolve => socket.once('connect', resolve))
  return socket
}

/** Opens a stream, takes its first item, and waits for the next. */
const open = async (socket: Socket): Promise<void> => {
  const page = (await socket.emitWithAck('tail')) as Page
  if (page.items.length !== 1) throw new Error(`expected one item, got ${JSON.stringify(page)}`)
  socket.emit('tail:next', page.next, () => {})
}

const sockets = await Promise.all(Array.from({ length: SOCKETS }, connect))
// Pays the one-time costs before the first measurement.
for (const socket of sockets) await open(socket)
for (const socket of sockets) await socket.emitWithAck('ping')
const before = await state()
const rows = []
for (const count of COUNTS) {
  const { open: running } = await state()
  const more = count + SOCKETS - running
  await Promise.all(Array.from({ length: more }, (_, index) => open(sockets[index % SOCKETS] as Socket)))
  for (const socket of sockets) await socket.emitWithAck('ping')
  const { bytes, open: now } = await state()
  if (now !== count + SOCKETS) throw new Error(`expected ${count + SOCKETS} streams, got ${now}`)
  rows.push({ streams: count, 'bytes per stream': Math.round((bytes - before.bytes) / count) })
}
for (const socket of sockets) socket.disconnect()
child.close()
console.log(`Node ${process.version}, ${SOCKETS} sockets`)
console.table(rows)

/**
 * Runs many clients of one server in a process of their own: `node sockets.ts PORT`. To stay cheap, they write and read
 * Socket.IO's packets over a bare websocket. `{ connect }` adds that many clients; `{ expect }` waits until each has received
 * that many events, all identical, and reports the event.
 */
import { WebSocket } from 'ws'

const port = process.argv[2]
const sockets: WebSocket[] = []
const seen = new Set<string>()
let [received, expected] = [0, 0]

const tellWhenAll = (): void => {
  if (expected === 0 || received < expected) return
  const counts = { count: received, packets: [...seen] }
  received = expected = 0
  seen.clear()
  process.send?.(counts)
}

const connect = (): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
    })
    socket.on('error', reject)
    socket.on('message', data => {
      const packet = String(data)
      if (packet.startsWith('42')) {
        received++
        seen.add(packet)
        tellWhenAll()
      } else if (packet === '2') socket.send('3')
      else if (packet.startsWith('0')) socket.send('40')
      else if (packet.startsWith('40')) resolve(socket)
      else reject(new Error(`unexpected packet ${packet}`))
    })
  })

/** The number of clients that connect at once. */
const AT_ONCE = 50

const connectMore = async (count: number): Promise<void> => {
  for (let left = count; left > 0; left -= AT_ONCE) {
    sockets.push(...(await Promise.all(Array.from({ length: Math.min(AT_ONCE, left) }, connect))))
  }
  process.send?.({ connected: sockets.length })
}

process.on('message', (told: { readonly connect: number } | { readonly expect: number }) => {
  if ('connect' in told) return void connectMore(told.connect)
  expected = told.expect
  tellWhenAll()
})
process.on('disconnect', () => process.exit())
process.send?.('ready')

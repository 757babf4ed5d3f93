/**
 * Calls a server as cheaply as possible, in a process of its own: `node load.ts PORT`. Frames are prepared, and those that are
 * sent in one tick are written together. `{ connect }` adds connections; `{ connections, inFlight, calls }` makes that many calls,
 * as fast as they are answered, and reports the milliseconds; `{ connections, perSecond, calls }` makes them at a pace of its own,
 * and reports how long each took.
 */
import { createConnection, type Socket } from 'node:net'
import { WebSocket } from 'ws'
import { INPUTS } from '../peers/input.js'

/** A message to the process. */
export type LoadTold =
  | { readonly connect: number }
  | { readonly connections: number; readonly inFlight: number; readonly calls: number }
  | { readonly connections: number; readonly perSecond: number; readonly calls: number }

/** A connection, whose calls are answered in turn. */
interface Line {
  readonly tcp: Socket
  answered: () => void
}

const port = Number(process.argv[2])
const lines: Line[] = []

const FRAME = (() => {
  const payload = Buffer.from(`421${JSON.stringify(['sign_up', INPUTS.small.valid])}`)
  // Masked by zeros, which leave the payload as it is.
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload])
})()
const frames: Buffer[] = []
const call = ({ tcp }: Line, count: number): void => {
  frames[count] ??= Buffer.concat(Array.from({ length: count }, () => FRAME))
  tcp.write(frames[count])
}

const connect = (): Promise<Line> =>
  new Promise((resolve, reject) => {
    const tcp = createConnection(port, '127.0.0.1').setNoDelay()
    const line: Line = { tcp, answered: () => {} }
    const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
      createConnection: () => tcp,
    })
    socket.on('error', reject)
    socket.on('message', (data: Buffer) => {
      // `431[…]` is an ack, `0{…}` and `40{…}` belong to the handshake, and `2` is a ping.
      if (data[0] === 0x34 && data[1] === 0x33) return line.answered()
      if (data[0] === 0x30) socket.send('40')
      else if (data[0] === 0x34) resolve(line)
      else socket.send('3')
    })
  })

const saturate = (used: readonly Line[], inFlight: number, calls: number): Promise<number> =>
  new Promise(resolve => {
    const began = performance.now()
    let [unsent, unanswered] = [calls, calls]
    const send = (line: Line, wanted: number): void => {
      const count = Math.min(wanted, unsent)
      unsent -= count
      if (count > 0) call(line, count)
    }
    for (const line of used) {
      let due = 0
      line.answered = () => {
        if (due++ === 0) process.nextTick(() => (send(line, due), (due = 0)))
        if (--unanswered === 0) resolve(performance.now() - began)
      }
    }
    for (const line of used) send(line, inFlight)
  })

const pace = (used: readonly Line[], perSecond: number, calls: number): Promise<readonly number[]> =>
  new Promise(resolve => {
    const took: number[] = []
    const began = performance.now()
    const sentAt = used.map((): number[] => [])
    let sent = 0
    for (const [at, line] of used.entries())
      line.answered = () => {
        took.push(performance.now() - (sentAt[at]?.shift() ?? 0))
        if (took.length === calls) resolve(took)
      }
    const send = (): void => {
      const now = performance.now()
      const due = Math.min(calls, Math.ceil(((now - began) * perSecond) / 1_000))
      for (; sent < due; sent++) {
        const at = sent % used.length
        sentAt[at]?.push(now)
        call(used[at] as Line, 1)
      }
      if (sent < calls) setTimeout(send, 1)
    }
    send()
  })

process.on('message', async (told: LoadTold) => {
  if ('connect' in told) {
    for (let left = told.connect; left > 0; left--) lines.push(await connect())
    process.send?.({ connected: lines.length })
    return
  }
  const used = lines.slice(0, told.connections)
  process.send?.(
    'inFlight' in told
      ? { ms: await saturate(used, told.inFlight, told.calls) }
      : { took: await pace(used, told.perSecond, told.calls) },
  )
})
process.on('disconnect', () => process.exit())
process.send?.('ready')

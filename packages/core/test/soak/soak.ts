import { fork } from 'node:child_process'
import { join } from 'node:path'
import { io as connect, type Socket } from 'socket.io-client'
import type { Account } from './program.js'

/** One line of a soak's table: what either side has counted. */
export interface Row {
  readonly what: string
  readonly clients: number
  readonly server: number
}

/** What a soak has come to. */
export interface Outcome {
  readonly rows: readonly Row[]
  readonly before: Account
  readonly after: Account
  readonly seconds: number
}

const ROOMS = 20

/** Clients that call, err, come and go for a number of turns each; the server is another process. */
export const soak = async ({
  clients,
  turns,
}: {
  readonly clients: number
  readonly turns: () => boolean
}): Promise<Outcome> => {
  const started = performance.now()
  const child = fork(join(import.meta.dirname, 'program.ts'), {
    execArgv: ['--expose-gc', '--conditions=ackwire-source', '--import', 'tsx'],
  })
  const message = <Message>(): Promise<Message> =>
    new Promise((resolve, reject) => {
      child.once('message', said => resolve(said as Message))
      child.once('exit', () => reject(new Error('the server has ended')))
    })
  const account = (): Promise<Account> => {
    const came = message<Account>()
    child.send('account')
    return came
  }
  try {
    const url = `http://127.0.0.1:${await message<number>()}`
    const counted = {
      handled: 0,
      failed: 0,
      refused: 0,
      told: 0,
      delivered: 0,
      asked: 0,
      answered: 0,
      invalid: 0,
      joins: 0,
      leaves: 0,
      connects: 0,
    }
    let refusedSilently = 0

    const visit = async (index: number, more: () => boolean): Promise<void> => {
      let socket: Socket = await enter()
      async function enter(): Promise<Socket> {
        const made = connect(url, {
          transports: [index % 10 === 0 ? 'polling' : 'websocket'],
          reconnection: false,
          forceNew: true,
          timeout: 120_000,
        })
        await new Promise<void>((resolve, reject) => made.once('connect', resolve).once('connect_error', reject))
        counted.connects++
        made.on('news', () => counted.delivered++)
        made.on('ask', (value: number, ack: (reply: unknown) => void) => {
          if (value % 3 === 0) counted.invalid++
          else counted.answered++
          ack(value % 3 === 0 ? 'three' : value)
        })
        return made
      }
      const call = (event: string, ...args: unknown[]): Promise<unknown> =>
        socket.timeout(120_000).emitWithAck(event, ...args)
      const refuse = async (event: string, ...args: unknown[]): Promise<void> => {
        if (codeIn(await call(event, ...args)) !== 'INVALID_INPUT') throw new Error(`${event} was not refused`)
        counted.refused++
      }
      const room = `room${index % ROOMS}`
      const acts: readonly (() => Promise<void> | void)[] = [
        async () => {
          if ((await call('add', index, 1)) !== index + 1) throw new Error('a wrong sum')
          counted.handled++
        },
        async () => {
          if (codeIn(await call('add', index, 0)) !== 'ZERO') throw new Error('no ZERO')
          counted.failed++
        },
        () => refuse('add', 'x', 1),
        () => refuse('join', 5),
        () => {
          socket.emit('tell', 'hello')
          counted.told++
          socket.emit('tell', 'too long for it')
          refusedSilently++
        },
        async () => {
          await call('join', room)
          counted.joins++
          await call('say', room)
          await call('leave', room)
          counted.leaves++
        },
        async () => {
          counted.asked++
          await call('turn', index)
        },
        async () => {
          // After an answer nothing is on its way any more.
          await call('add', 1, 1)
          counted.handled++
          socket.disconnect()
          socket = await enter()
        },
      ]
      for (let at = index; more(); at++) await acts[at % acts.length]?.()
      await call('add', 1, 1)
      counted.handled++
      socket.disconnect()
    }
    const visitAll = async (more: () => () => boolean): Promise<void> => {
      await Promise.all(Array.from({ length: clients }, (_, index) => visit(index, more())))
    }
    // What is made once is made by then.
    await visitAll(() => times(8))
    const before = await account()
    await visitAll(() => turns)
    const after = await account()
    counted.refused += refusedSilently
    const rows = Object.entries(counted).map(([what, count]) => ({
      what,
      clients: count,
      server: Number(Object.entries(after.counted).find(([name]) => name === what)?.[1]),
    }))
    return { rows, before, after, seconds: (performance.now() - started) / 1_000 }
  } finally {
    child.removeAllListeners('exit')
    child.kill()
  }
}

/** True for a number of times. */
export const times = (count: number): (() => boolean) => {
  let left = count
  return () => left-- > 0
}

const codeIn = (reply: unknown): unknown => Reflect.get(Object(Reflect.get(Object(reply), '$error')), 'code')

/** The outcome as a table, and what is wrong with it. */
export const reportOf = ({
  rows,
  before,
  after,
  seconds,
}: Outcome): { readonly table: string; readonly wrong: string[] } => {
  const line = (...cells: (string | number)[]): string =>
    cells.map((cell, at) => (at === 0 ? String(cell).padEnd(12) : String(cell).padStart(12))).join('')
  const kB = (bytes: number): number => Math.round(bytes / 1_024)
  const table = [
    line(`soak, ${seconds.toFixed(0)} s`, 'clients', 'server'),
    ...rows.map(({ what, clients, server }) => line(what, clients, server)),
    line('', 'before', 'after'),
    line('heap, kB', kB(before.heap), kB(after.heap)),
    line('handles', before.handles, after.handles),
    line('sockets', before.sockets, after.sockets),
    line('rooms', before.rooms, after.rooms),
  ].join('\n')
  const wrong = rows.filter(({ clients, server }) => clients !== server).map(({ what }) => `${what} differ`)
  if (after.heap > before.heap * 1.15 + 2_000_000) wrong.push('the heap has grown')
  if (after.handles > before.handles) wrong.push('handles are left')
  if (after.sockets > 0 || after.rooms > 0) wrong.push('sockets or rooms are left')
  return { table, wrong }
}

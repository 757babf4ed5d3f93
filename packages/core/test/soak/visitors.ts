import { io as connect, type Socket } from 'socket.io-client'

const ROOMS = 20

/** Clients of a soak's server: `visit` is the stay of one, and `counted` what all of them have done so far. */
export const createVisitors = (url: string) => {
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
        counted.refused++
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
  return { counted, visit }
}

const codeIn = (reply: unknown): unknown => Reflect.get(Object(Reflect.get(Object(reply), '$error')), 'code')

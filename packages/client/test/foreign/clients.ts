import connect2 from 'socket.io-client-2'
import { io as connect3 } from 'socket.io-client-3'
import type { Need, TestContext } from '../../../../test/harness.js'
import type { Transport } from '../../../core/test/serve.js'
import { PYTHON, run } from './python.js'

/** A connected third-party client. */
export interface ForeignClient {
  /** Emits with an ack and resolves to the arguments of the ack. */
  ask(event: string, ...args: readonly unknown[]): Promise<unknown[]>
  emit(event: string, ...args: readonly unknown[]): void
  /** Resolves to the arguments of the next event of this name. */
  heard(event: 'joined' | 'snapshot'): Promise<unknown[]>
}

export interface Target {
  readonly url: string
  readonly namespace: string
  readonly transport: Transport
  readonly auth: object
}

export interface ForeignKind {
  readonly name: string
  readonly needs?: Need
  /** Connects. Rejects with a `Refused` if the server refuses the connection. */
  connect(context: TestContext, target: Target): Promise<ForeignClient>
}

/** Thrown when a server refuses a foreign client; carries the data of the refusal. */
export class Refused extends Error {
  readonly data: unknown

  constructor(data: unknown) {
    super(`refused: ${JSON.stringify(data)}`)
    this.data = data
  }
}

export const python: ForeignKind = {
  name: 'python-socketio',
  needs: PYTHON,
  async connect(context, { url, namespace, transport, auth }) {
    const program = run(context, 'client.py', JSON.stringify([url, namespace, transport, auth]))
    const refused = program.told('refused').then(
      ([error]) => error as { readonly data: unknown },
      () => undefined,
    )
    const connected = program.told('connected').then(
      () => undefined,
      () => refused,
    )
    const error = await Promise.race([refused, connected])
    if (error !== undefined) throw new Refused(error.data)
    return {
      ask(event, ...args) {
        program.send('call', event, ...args)
        return program.told('answered')
      },
      emit: (event, ...args) => program.send('emit', event, ...args),
      heard: event => program.told(event),
    }
  },
}

type Answer = (...reply: readonly unknown[]) => void

const GARBAGE: Readonly<Record<string, readonly unknown[]>> = {
  text: ['no integer'],
  list: [[1, 2]],
  bytes: [Buffer.from([1])],
  nothing: [],
  envelope: [{ $error: 5 }],
  unknown: [{ $error: { code: 'NO_SUCH_CODE', message: 'made up' } }],
  data: [{ $error: { code: 'BUSY', message: 'Busy', data: 'no integer' } }],
  internal: [{ $error: { code: 'INTERNAL', message: 'own words' } }],
}

const clientOf = ({ defer }: TestContext, socket: OldSocket, refusalEvent: string): Promise<ForeignClient> => {
  defer(() => socket.disconnect())
  socket.on('double', (number: number, ack: Answer) => ack(number * 2))
  socket.on('several', (ack: Answer) => ack(1, 2))
  socket.on('nothing', (ack: Answer) => ack())
  socket.on('found', (isThere: boolean, ack: Answer) => ack(isThere ? 7 : null))
  socket.on('busy', (ack: Answer) => ack({ $error: { code: 'BUSY', message: 'Busy', data: 5 } }))
  // A Buffer, since version 2 sends any other view as an object.
  socket.on('mirror', (data: Uint8Array, ack: Answer) => ack(Buffer.from(Uint8Array.from(data).toReversed())))
  socket.on('garbage', (kind: string, ack: Answer) => ack(...(GARBAGE[kind] ?? [])))
  const client: ForeignClient = {
    ask: (event, ...args) =>
      new Promise(resolve => socket.emit(event, ...args, (...reply: unknown[]) => resolve(reply))),
    emit: (event, ...args) => void socket.emit(event, ...args),
    heard: event => new Promise(resolve => socket.on(event, (...args: unknown[]) => resolve(args))),
  }
  return new Promise((resolve, reject) => {
    socket.on('connect', () => resolve(client))
    socket.on(refusalEvent, (told: object) => reject(new Refused('data' in told ? told.data : told)))
  })
}

const version3: ForeignKind = {
  name: 'socket.io-client 3',
  connect: (context, { url, namespace, transport, auth }) =>
    clientOf(
      context,
      connect3(url + namespace, { transports: [transport], auth, reconnection: false, forceNew: true }),
      'connect_error',
    ),
}

export const version2: ForeignKind = {
  name: 'socket.io-client 2',
  connect: (context, { url, namespace, transport, auth }) =>
    // Version 2 has no auth: the server uses the query of the namespace instead.
    clientOf(
      context,
      connect2(url + namespace, { transports: [transport], query: auth, reconnection: false, forceNew: true }),
      'error',
    ),
}

export const FOREIGN_CLIENTS: readonly ForeignKind[] = [python, version3, version2]

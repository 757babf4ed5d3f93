import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import { io, type Socket } from 'socket.io-client'
import type { Namespace } from '../../document/api.js'
import { isJson, listIn, property, textIn } from '../../../parse/json.js'
import type { ServerChoice } from '../../state/settings.js'
import type { Failure, LogEntry } from './log.js'
import type { Issue } from './issue.js'
import { createMemory, type Memory } from './memory.js'
import { unreadIn } from './unread.js'

/** The data of a handshake. */
export interface Handshake {
  readonly server: number
  readonly params: Readonly<Record<string, unknown>>
  readonly auth: unknown
  readonly query: unknown
}

/** The reason why there is no connection. */
export interface Refusal extends Failure {
  /** Refused by the server, failed to reach it, or ended later. */
  readonly kind: 'refused' | 'unreachable' | 'ended'
}

export type Status = 'closed' | 'connecting' | 'open'

/** The connection to one namespace. Only the reader opens and closes it; it never reconnects by itself. */
export interface Session {
  readonly namespace: Namespace
  readonly status: ReadonlySignal<Status>
  readonly refusal: ReadonlySignal<Refusal | undefined>
  readonly handshake: Signal<Handshake>
  readonly memory: Memory
  /** Returns the namespace's name with its parameters filled in. */
  readonly name: () => string
  readonly socket: () => Socket | undefined
  /** Returns true if each text of the handshake is a value, valid or not. */
  readonly isReadable: () => boolean
  connect(): void
  disconnect(): void
}

interface SessionOptions {
  readonly servers: readonly ServerChoice[]
  readonly initial: Omit<Handshake, 'server'>
  /** Reports an event of the connection. */
  readonly tell: (name: string, details: readonly unknown[], isTrouble: boolean) => void
  readonly onEvent: (session: Session, name: string, args: readonly unknown[]) => LogEntry | undefined
}

/** Creates the session of a namespace, which is not connected yet. */
export const createSession = (namespace: Namespace, { servers, initial, tell, onEvent }: SessionOptions): Session => {
  const status = signal<Status>('closed')
  const refusal = signal<Refusal | undefined>(undefined)
  const handshake = signal<Handshake>({ server: 0, ...initial })
  let socket: Socket | undefined

  const name = (): string =>
    namespace.name.replaceAll(/\{(\w+)\}/g, (_, key: string) => String(handshake.value.params[key] ?? ''))

  const end = (reason: Refusal | undefined): void => {
    status.value = 'closed'
    refusal.value = reason
    socket?.disconnect()
    socket = undefined
  }

  const session: Session = {
    namespace,
    status,
    refusal,
    handshake,
    memory: createMemory(),
    name,
    socket: () => socket,
    isReadable: () => unreadIn(handshake.value).length === 0,
    connect() {
      const { server, auth, query } = handshake.value
      const choice = servers[server]
      if (choice === undefined || status.value !== 'closed' || !session.isReadable()) return
      status.value = 'connecting'
      refusal.value = undefined
      const own = io(choice.url + name(), {
        path: choice.path,
        ...(isJson(auth) ? { auth } : {}),
        ...(isJson(query) ? { query: textsOf(query) } : {}),
        // Each namespace has its own handshake, and so its own connection.
        forceNew: true,
        reconnection: false,
        // A page of another origin can use WebSocket without CORS.
        transports: ['websocket', 'polling'],
        tryAllTransports: true,
      })
      socket = own
      own.on('connect', () => {
        if (socket !== own) return
        status.value = 'open'
        tell('connect', [{ id: own.id }], false)
      })
      own.on('connect_error', error => {
        if (socket !== own) return
        const reason = createRefusal(error, own.active, choice)
        tell('connect_error', [{ message: error.message, data: Reflect.get(error, 'data') }], true)
        end(reason)
      })
      own.on('disconnect', reason => {
        if (socket !== own) return
        tell('disconnect', [reason], true)
        end({ kind: 'ended', code: undefined, message: ENDED[reason] ?? reason, issues: [], data: undefined })
      })
      own.onAny((event: string, ...args: unknown[]) => void onEvent(session, event, args))
    },
    disconnect() {
      if (status.value === 'open') tell('disconnect', ['by you'], false)
      end(undefined)
    },
  }
  return session
}

/** Returns the values of a query as strings. */
const textsOf = (query: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  )

const ENDED: Readonly<Record<string, string>> = {
  'io server disconnect': 'The server ended the connection.',
  'transport close': 'The connection was lost: the server or the network failed.',
  'transport error': 'The connection broke.',
  'ping timeout': 'The server did not respond in time.',
  'parse error': 'The server sent an invalid packet; it may use another parser.',
}

/** Creates the reason of a failed connection. A socket that would retry was not refused, since it reached no server. */
const createRefusal = (error: Error, isActive: boolean, server: ServerChoice): Refusal => {
  const data: unknown = Reflect.get(error, 'data')
  if (isActive) {
    const message = `No Socket.IO server answered at ${server.url} (path ${server.path}). Is it running, and does it allow this page's origin?`
    return { kind: 'unreachable', code: undefined, message, issues: [], data: undefined }
  }
  return {
    kind: 'refused',
    code: textIn(data, 'code'),
    message: textIn(data, 'message') ?? error.message,
    issues: issuesIn(data),
    data: textIn(data, 'code') === undefined ? data : property(data, 'data'),
  }
}

/** Returns the issues in a failure that was received. */
export const issuesIn = (failure: unknown): readonly Issue[] =>
  listIn(failure, 'issues').map(issue => ({
    path: textIn(issue, 'path') ?? '',
    message: textIn(issue, 'message') ?? '',
  }))

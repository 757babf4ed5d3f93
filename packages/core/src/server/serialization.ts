import { EventEmitter } from 'node:events'
import type { Server } from 'socket.io'
import { encodes, hookEncoder } from './socket-io-internals.js'

/** The treatment of a server's outgoing values by its parser and its adapter. */
export interface Serialization {
  /** True if the parser does what `JSON.stringify` does. */
  readonly isJson: boolean
  /** True if an emit passes an adapter that encodes it by other rules, or keeps it for later. */
  readonly isCarried: boolean
  /** True if the `data` of sockets passes such an adapter as well. */
  readonly isDataCarried: boolean
}

/** Returns the serialization of a server. Its adapter can be set after `attach`, its parser can't. */
export const serializationOf = (io: Server): Serialization => {
  const isJson = writesJson(io)
  if (isJson) hookEncoder(io, isBeingWritten)
  let known: unknown
  let kind: AdapterKind = 'other'
  const kindNow = (): AdapterKind => {
    const adapter = io.adapter()
    if (adapter !== known) [known, kind] = [adapter, kindOfAdapter(adapter)]
    return kind
  }
  return {
    isJson,
    get isCarried() {
      return !isJson || kindNow() !== 'memory'
    },
    get isDataCarried() {
      return kindNow() === 'other'
    },
  }
}

/** The values that are being written, which have no binary data in them. */
let texts: readonly unknown[] | undefined

/** Calls a function that writes values without binary data, which the parser need not search. Returns what it returns. */
export const writeTexts = <Result>(values: readonly unknown[], write: () => Result): Result => {
  const before = texts
  texts = values
  try {
    return write()
  } finally {
    texts = before
  }
}

/**
 * Tells whether a packet holds nothing but what is being written: a listener can send another one meanwhile. The values are searched
 * for only once, since a listener that is told of the packet can change them, and send them again.
 */
const isBeingWritten = (data: readonly unknown[]): boolean => {
  if (texts === undefined || !Array.isArray(data)) return false
  for (const part of data) if (typeof part === 'object' && part !== null && !texts.includes(part)) return false
  texts = undefined
  return true
}

/** Socket.IO's own adapter writes packets at once; with connection state recovery, it keeps them for clients that return. */
type AdapterKind = 'memory' | 'recovery' | 'other'

const kindOfAdapter = (adapter: unknown): AdapterKind => {
  if (isBaseAdapter(adapter)) return 'memory'
  // By name, since a process can have several copies of `socket.io-adapter`. Where names are minified, only the cost differs.
  return nameOf(adapter) === 'SessionAwareAdapter' && isBaseAdapter(Object.getPrototypeOf(adapter))
    ? 'recovery'
    : 'other'
}

const isBaseAdapter = (adapter: unknown): boolean =>
  nameOf(adapter) === 'Adapter' && Object.getPrototypeOf(adapter) === EventEmitter

const nameOf = (adapter: unknown): string | undefined => (typeof adapter === 'function' ? adapter.name : undefined)

const PROBE = { undefined, number: Number.NaN, date: new Date(0), list: [undefined, () => {}], method() {} }

const writesJson = (io: Server): boolean => {
  try {
    return encodes(io, ['probe', PROBE]).endsWith(JSON.stringify(['probe', PROBE]))
  } catch {
    return false
  }
}

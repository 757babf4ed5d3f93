import { EventEmitter } from 'node:events'
import type { Server } from 'socket.io'
import { encodes } from './socket-io-internals.js'

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

import { kindOf } from '../definition-error.js'
import { isPromise } from '../thenable.js'
import type { Inbound } from './inbound/exchange.js'
import type { Call } from './inbound/call.js'

/** Socket.IO's reserved names that one can listen to. */
export const LIFECYCLE = ['connection', 'disconnecting', 'disconnect'] as const
export type LifecycleEvent = (typeof LIFECYCLE)[number]

/** Listens to one moment of a socket's life. */
export type Listener = (visit: Call) => unknown

/** The lifecycle listeners of a namespace. */
export type Listeners = Readonly<Record<LifecycleEvent, Set<Listener>>>

/** No listeners yet. */
export const noListeners = (): Listeners => ({ connection: new Set(), disconnecting: new Set(), disconnect: new Set() })

/** Calls the listeners of one moment. What they throw or reject with is reported, and keeps none from being called. */
export const notify = (listeners: Listeners, event: LifecycleEvent, visit: Call, inbound: Inbound): void => {
  const report = (error: unknown): void => {
    inbound.reporter.tell({ error, phase: 'handler', event, namespace: inbound.namespace, socket: visit.socket })
  }
  for (const listener of listeners[event]) {
    try {
      const result = listener(visit)
      if (isPromise(result)) Promise.resolve(result).catch(report)
    } catch (error) {
      report(error)
    }
  }
}

/** Adds a listener. The function returned removes it. */
export const addListener = (listeners: Listeners, event: LifecycleEvent, listener: unknown): (() => void) => {
  if (typeof listener !== 'function')
    throw new TypeError(`ackwire: on.${event}: expected a function, got ${kindOf(listener)}`)
  // Its own function, so that one that is added twice can be removed once.
  const own: Listener = visit => listener(visit)
  listeners[event].add(own)
  return () => void listeners[event].delete(own)
}

import { setMaxListeners } from 'node:events'
import { isPromise } from '../thenable.js'

/** Receives what a listener of a signal has thrown, or has rejected with. */
type Report = (error: unknown) => void

/** Returns a controller whose signal any number of listeners can use. What they throw goes to `report`, where Node would end the process. */
export const createAbortController = (report: Report): AbortController => {
  const controller = new AbortController()
  reporting(controller.signal, report)
  return controller
}

/**
 * The signals that are aborted together, as long as somebody still has them. `AbortSignal.any` would keep each that is listened to
 * for as long as the signal that it depends on.
 */
export class Signals {
  readonly #controllers = new WeakMap<AbortSignal, AbortController>()
  readonly #references = new Set<WeakRef<AbortSignal>>()
  /** The number of references at which those to signals that nobody has any more are removed. */
  #most = 64

  add(controller: AbortController): void {
    const { signal } = controller
    this.#controllers.set(signal, controller)
    this.#references.add(new WeakRef(signal))
    if (this.#references.size < this.#most) return
    for (const reference of this.#references) if (reference.deref() === undefined) this.#references.delete(reference)
    this.#most = Math.max(64, 2 * this.#references.size)
  }

  abort(): void {
    for (const reference of this.#references) {
      const signal = reference.deref()
      if (signal !== undefined) this.#controllers.get(signal)?.abort()
    }
    this.#references.clear()
  }
}

/** Changes a signal so that `report` gets what its listeners throw or reject with, and returns it. */
const reporting = (signal: AbortSignal, report: Report): AbortSignal => {
  // There may be as many listeners as calls; Node would warn of a leak.
  setMaxListeners(0, signal)
  states.set(signal, { report, wrapped: new WeakMap(), handler: null, callHandler: undefined, derived: undefined })
  return Object.setPrototypeOf(signal, REPORTING) as AbortSignal
}

/** The state of a signal that reports. */
interface State {
  readonly report: Report
  /** The functions that call its listeners, by the listener. */
  readonly wrapped: WeakMap<object, (event: unknown) => void>
  /** The value of `onabort`. */
  handler: unknown
  /** The listener that calls it. */
  callHandler: ((event: unknown) => unknown) | undefined
  /** The signals that are derived from it with `AbortSignal.any`. */
  derived: Set<WeakRef<AbortSignal>> | undefined
}

const states = new WeakMap<AbortSignal, State>()

/** Returns the function that calls a listener and reports its error; what is no listener is left to Node. */
const wrap = (signal: AbortSignal, listener: unknown): unknown => {
  const state = states.get(signal)
  if (state === undefined || (typeof listener !== 'function' && (typeof listener !== 'object' || listener === null)))
    return listener
  const { report, wrapped } = state
  const known = wrapped.get(listener)
  if (known !== undefined) return known
  const own = (event: unknown): void => {
    try {
      const result: unknown =
        typeof listener === 'function'
          ? Reflect.apply(listener, signal, [event])
          : Reflect.apply(Reflect.get(listener, 'handleEvent'), listener, [event])
      if (isPromise(result)) new Promise(adopt => adopt(result)).catch(report)
    } catch (error) {
      report(error)
    }
  }
  wrapped.set(listener, own)
  return own
}

/** Returns the set in which Node keeps the signals that are derived from a signal. Their listeners report like its own. */
const derivedFrom = (state: State): object => {
  if (state.derived !== undefined) return state.derived
  const signals = new Set<WeakRef<AbortSignal>>()
  const add = (reference: WeakRef<AbortSignal>): object => {
    const derived = reference.deref()
    if (derived !== undefined && !states.has(derived)) reporting(derived, state.report)
    return Set.prototype.add.call(signals, reference)
  }
  state.derived = Object.assign(signals, { add })
  return signals
}

/** The key under which Node keeps the signals that are derived from one; absent in another runtime, where their listeners are not covered. */
const DERIVED = ((): symbol | undefined => {
  const { signal } = new AbortController()
  const before = Object.getOwnPropertySymbols(signal)
  AbortSignal.any([signal])
  const [added, ...others] = Object.getOwnPropertySymbols(signal).filter(key => !before.includes(key))
  const isSet = added !== undefined && typeof Reflect.get(Object(Reflect.get(signal, added)), 'add') === 'function'
  return isSet && others.length === 0 ? added : undefined
})()

const { addEventListener, removeEventListener } = AbortSignal.prototype

/** The prototype of signals that report. It is shared, since there can be a signal for each of thousands of streams. */
const REPORTING: object = Object.create(AbortSignal.prototype, {
  addEventListener: {
    value(this: AbortSignal, type: string, listener: unknown, ...options: unknown[]) {
      Reflect.apply(addEventListener, this, [type, wrap(this, listener), ...options])
    },
  },
  removeEventListener: {
    value(this: AbortSignal, type: string, listener: unknown, ...options: unknown[]) {
      Reflect.apply(removeEventListener, this, [type, wrap(this, listener), ...options])
    },
  },
  onabort: {
    get(this: AbortSignal) {
      return states.get(this)?.handler
    },
    set(this: AbortSignal, handler: unknown) {
      const state = states.get(this)
      if (state === undefined) return
      state.handler = typeof handler === 'function' ? handler : null
      // A function of its own, since the handler can be a listener as well.
      state.callHandler ??= event =>
        typeof state.handler === 'function' ? Reflect.apply(state.handler, this, [event]) : undefined
      this.addEventListener('abort', state.callHandler)
    },
  },
  ...(DERIVED !== undefined && {
    [DERIVED]: {
      get(this: AbortSignal) {
        const state = states.get(this)
        return state && derivedFrom(state)
      },
    },
  }),
})

/** Tells whether an error is that of an aborted signal. */
export const isAbort = (error: unknown): boolean => {
  // The thrown value can be a proxy that throws when it is inspected.
  try {
    return error instanceof Error && error.name === 'AbortError'
  } catch {
    return false
  }
}

import { isPromise } from '../../thenable.js'
import type { Answer, ObservedCall, Observer } from './observer.js'
import type { Observers } from './observers.js'

/** The observation of one message, from its receipt until it is answered. */
export interface CallObservation {
  /** Returns the handler wrapped by the observers, which are notified when it has ended. */
  aroundHandler<Given>(
    handler: (given: Given) => unknown,
    codeOf: (error: unknown) => string,
  ): (given: Given) => unknown
  /** Calls the plain listeners, wrapped by the observers. */
  aroundListeners(next: () => void): void
  /** Notifies the observers of the answer. Only the first call has an effect. */
  answered(code: string | undefined): void
}

/** Starts the observation of a received message. */
export const observeCall = (observers: Observers, list: readonly Observer[], call: ObservedCall): CallObservation => {
  const since = performance.now()
  let isHandled = false
  let isOver = false
  observers.tell(list, 'onReceive', call, observer => observer.onReceive?.(call))

  const inside = <Value>(work: () => Value): Value => {
    isHandled = true
    return surround(observers, list, call, work)
  }

  return {
    aroundHandler: (handler, codeOf) => given => {
      const begun = performance.now()
      const handled = (code: string | undefined): void => {
        const outcome = { code, durationMs: performance.now() - begun }
        observers.tell(list, 'onHandled', call, observer => observer.onHandled?.(call, outcome))
      }
      const failed = (error: unknown): never => {
        handled(codeOf(error))
        throw error
      }
      let reply: unknown
      try {
        reply = inside(() => handler(given))
        if (!isPromise(reply)) return (handled(undefined), reply)
      } catch (error) {
        return failed(error)
      }
      const promise = reply
      // Adopted only here, since some thenables start their work at each call of `then`.
      return new Promise(adopt => adopt(promise)).then(value => (handled(undefined), value), failed)
    },
    aroundListeners: next => inside(next),
    answered(code) {
      if (isOver) return
      isOver = true
      const answer: Answer = { code, isRefused: !isHandled, durationMs: performance.now() - since }
      observers.tell(list, 'onAnswer', call, observer => observer.onAnswer?.(call, answer))
    },
  }
}

/** Runs `work` exactly once, wrapped by each observer, the first outermost. Returns or throws what `work` does. */
const surround = <Value>(
  observers: Observers,
  list: readonly Observer[],
  call: ObservedCall,
  work: () => Value,
): Value => {
  let settle = work
  let isBegun = false
  const run = (): void => {
    if (isBegun) return
    isBegun = true
    // Observers don't get the error that `work` throws.
    try {
      const value = work()
      settle = () => value
    } catch (error) {
      settle = () => {
        throw error
      }
    }
  }
  list.reduceRight<() => void>(
    (inner, observer) => () => {
      observers.tell([observer], 'onHandle', call, () => observer.onHandle?.(call, inner))
      inner()
    },
    run,
  )()
  return settle()
}

import { isPromise } from '../promise.js'
import type { Answer, ObservedCall, Observer } from './observer.js'
import type { Observers } from './observers.js'

/** The observation of one message, from its receipt until it is answered. */
export interface CallObservation {
  /** The handler, with what the list put around it; they are told when it has ended. */
  aroundHandler<Given>(
    handler: (given: Given) => unknown,
    codeOf: (error: unknown) => string,
  ): (given: Given) => unknown
  /** Goes on to plain listeners, with the same around them. */
  aroundListeners(next: () => void): void
  /** Its answer has been given. Only the first counts. */
  answered(code: string | undefined): void
}

/** Tells the list of a message that has come. */
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
      // Adopted here and nowhere else: some thenables begin their work each time that `then` is called.
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

/** Does some work exactly once, inside of what each observer puts around it, the first outermost; returns or throws what the work does. */
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
    // Observers are not told what the work throws.
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

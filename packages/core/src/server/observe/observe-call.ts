import { isPromise } from '../promise.js'
import type { Answer, ObservedCall, Observer } from './observer.js'
import type { Watch } from './observers.js'

/** One message that is observed, from when it came until it is answered. */
export interface CallWatch {
  /** The handler, with what the observers put around it; they are told when it has ended. */
  around<Given>(handler: (given: Given) => unknown, codeOf: (error: unknown) => string): (given: Given) => unknown
  /** Goes on to plain listeners, with the same around them. */
  pass(next: () => void): void
  /** Its answer has been given. Only the first counts. */
  answered(code: string | undefined): void
}

/** Tells the observers of a message that has come. */
export const watchCall = (watch: Watch, observers: readonly Observer[], call: ObservedCall): CallWatch => {
  const since = performance.now()
  let isHandled = false
  let isOver = false
  watch.tell(observers, 'onReceive', call, observer => observer.onReceive?.(call))

  const inside = <Value>(work: () => Value): Value => {
    isHandled = true
    return surround(watch, observers, call, work)
  }

  return {
    around: (handler, codeOf) => given => {
      const begun = performance.now()
      const handled = (code: string | undefined): void => {
        const outcome = { code, durationMs: performance.now() - begun }
        watch.tell(observers, 'onHandled', call, observer => observer.onHandled?.(call, outcome))
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
    pass: next => inside(next),
    answered(code) {
      if (isOver) return
      isOver = true
      const answer: Answer = { code, isRefused: !isHandled, durationMs: performance.now() - since }
      watch.tell(observers, 'onAnswer', call, observer => observer.onAnswer?.(call, answer))
    },
  }
}

/** What some work returns or throws, done exactly once inside of what each observer puts around it, the first outermost. */
const surround = <Value>(
  watch: Watch,
  observers: readonly Observer[],
  call: ObservedCall,
  work: () => Value,
): Value => {
  let settle = work
  let isBegun = false
  const run = (): void => {
    if (isBegun) return
    isBegun = true
    // What the work throws is none of the observers' business.
    try {
      const value = work()
      settle = () => value
    } catch (error) {
      settle = () => {
        throw error
      }
    }
  }
  observers.reduceRight<() => void>(
    (inner, observer) => () => {
      watch.tell([observer], 'onHandle', call, () => observer.onHandle?.(call, inner))
      inner()
    },
    run,
  )()
  return settle()
}

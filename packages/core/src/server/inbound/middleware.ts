import { assertNoPromise, isPromise } from '../../thenable.js'
import { Call } from './call.js'
import type { AnyHandler } from './route.js'

/** Wraps a handler: what it returns is the reply. Its argument is the call, with a function that goes on with it. */
export type AnyMiddleware = (layer: Call) => unknown

/** Puts middleware around a handler, the first outermost. Without middleware it is the handler itself, and stays synchronous. */
export const around = (middleware: readonly AnyMiddleware[], handler: AnyHandler): AnyHandler =>
  middleware.reduceRight<AnyHandler>((inner, outer) => wrap(outer, inner), handler)

const wrap =
  (outer: AnyMiddleware, inner: AnyHandler): AnyHandler =>
  call => {
    let isPassed = false
    const pass = (more: object | undefined): unknown => {
      if (isPassed) throw new Error(`ackwire: middleware called next twice for ${call.event}; call it once`)
      isPassed = true
      assertNoPromise(more, `${call.event}: next`, 'an object of context', 'await it first')
      return inner(Call.withContext(call, { ...call.ctx, ...more }))
    }
    // An error of the handler is a rejection, which the middleware gets when it awaits.
    const next = (more?: object): Promise<unknown> => {
      try {
        const reply = pass(more)
        return isPromise(reply) ? held(new Promise(adopt => adopt(reply))) : Promise.resolve(reply)
      } catch (error) {
        return held(Promise.reject(error))
      }
    }
    return outer(Call.withNext(call, next))
  }

/** Holds a promise: middleware may await it later, or never, and a rejection that is not awaited must not end the process. */
const held = (passed: Promise<unknown>): Promise<unknown> => {
  passed.catch(() => {})
  return passed
}

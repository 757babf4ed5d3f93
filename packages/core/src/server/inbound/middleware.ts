import { assertNoPromise } from '../../thenable.js'
import { Call } from './call.js'
import type { AnyHandler } from './route.js'

/** The argument of middleware: the call, and a function that goes on with it. */
export type MiddlewareContext = Call & {
  /** Calls what is inside, with more context if there is any. It can be called once. */
  readonly next: (more?: object) => Promise<unknown>
}

/** Wraps a handler: what it returns is the reply. */
export type AnyMiddleware = (layer: MiddlewareContext) => unknown

/** Puts middleware around a handler, the first outermost. Without middleware it is the handler itself, and stays synchronous. */
export const around = (middleware: readonly AnyMiddleware[], handler: AnyHandler): AnyHandler =>
  middleware.reduceRight<AnyHandler>((inner, outer) => wrap(outer, inner), handler)

const wrap =
  (outer: AnyMiddleware, inner: AnyHandler): AnyHandler =>
  call => {
    let isPassed = false
    // Async, so that an error of the handler is a rejection, which the middleware gets when it awaits.
    const pass = async (more?: object): Promise<unknown> => {
      if (isPassed) throw new Error(`ackwire: middleware called next twice for ${call.event}; call it once`)
      isPassed = true
      assertNoPromise(more, `${call.event}: next`, 'an object of context', 'await it first')
      return inner(Call.withContext(call, { ...call.ctx, ...more }))
    }
    const next = (more?: object): Promise<unknown> => {
      const passed = pass(more)
      // Middleware may await it later, or never. A rejection that is not awaited must not end the process.
      passed.catch(() => {})
      return passed
    }
    return outer(Object.assign(Call.withContext(call, call.ctx), { next }))
  }

import { kindOf } from '../../../definition-error.js'
import { Call } from '../call.js'
import { assertNoPromise, isPromise } from '../../../thenable.js'
import type { AnyHandler } from '../route.js'

/** Makes of a stream's handler, which gives an async iterable, one whose promise is there until the stream has ended, as middleware has it. */
export const iterateHandler =
  (handler: AnyHandler): AnyHandler =>
  call =>
    Call.sinkOf(call)?.fill(() => {
      const given = handler(call)
      return isPromise(given)
        ? new Promise(adopt => adopt(given)).then(items => iteratorOf(items, call.event))
        : iteratorOf(given, call.event)
    })

const iteratorOf = (items: unknown, event: string): AsyncIterator<unknown> => {
  if (isIterable(items)) {
    const expected = 'Symbol.asyncIterator to return an iterator'
    return assertNoPromise(items[Symbol.asyncIterator](), `on.${event}`, expected, 'make it synchronous')
  }
  throw new TypeError(
    `ackwire: on.${event}: expected a stream's handler to be an async generator or to return an async iterable, got ${kindOf(items)}`,
  )
}

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, Symbol.asyncIterator) === 'function'

import { isPromise } from '../../thenable.js'
import type { Answer, ObservedCall, Observer } from './observer.js'
import type { Observers } from './observers.js'

/** The observation of one message, from its receipt until it is answered. A class, since each message has one. */
export class CallObservation {
  readonly #observers: Observers
  readonly #list: readonly Observer[]
  readonly #call: ObservedCall
  readonly #since = performance.now()
  #isHandled = false
  #isOver = false

  /** Starts the observation of a received message. */
  constructor(observers: Observers, list: readonly Observer[], call: ObservedCall) {
    this.#observers = observers
    this.#list = list
    this.#call = call
    observers.tell(list, 'onReceive', call, observer => observer.onReceive?.(call))
  }

  /** Calls a handler, wrapped by the observers, which are notified when it has ended. */
  handle<Given>(handler: (given: Given) => unknown, given: Given, codeOf: (error: unknown) => string): unknown {
    const begun = performance.now()
    let reply: unknown
    try {
      reply = this.#inside(() => handler(given))
      if (!isPromise(reply)) return (this.#tellHandled(begun, undefined), reply)
    } catch (error) {
      this.#tellHandled(begun, codeOf(error))
      throw error
    }
    const promise = reply
    // Adopted only here, since some thenables start their work at each call of `then`.
    return new Promise(adopt => adopt(promise)).then(
      value => (this.#tellHandled(begun, undefined), value),
      (error: unknown) => {
        this.#tellHandled(begun, codeOf(error))
        throw error
      },
    )
  }

  /** Calls the plain listeners, wrapped by the observers. */
  aroundListeners(next: () => void): void {
    this.#inside(next)
  }

  /** Notifies the observers of the answer. Only the first call has an effect. */
  answered(code: string | undefined): void {
    if (this.#isOver) return
    this.#isOver = true
    const call = this.#call
    const answer: Answer = { code, isRefused: !this.#isHandled, durationMs: performance.now() - this.#since }
    this.#observers.tell(this.#list, 'onAnswer', call, observer => observer.onAnswer?.(call, answer))
  }

  #tellHandled(begun: number, code: string | undefined): void {
    const call = this.#call
    const outcome = { code, durationMs: performance.now() - begun }
    this.#observers.tell(this.#list, 'onHandled', call, observer => observer.onHandled?.(call, outcome))
  }

  /** Runs `work` exactly once, wrapped by each observer, the first outermost. Returns or throws what `work` does. */
  #inside<Value>(work: () => Value): Value {
    this.#isHandled = true
    const once = new Once(work)
    const call = this.#call
    let enter = (): void => once.run()
    for (const observer of this.#list.toReversed()) {
      if (observer.onHandle === undefined) continue
      const inner = enter
      enter = () => {
        this.#observers.tell([observer], 'onHandle', call, () => observer.onHandle?.(call, inner))
        inner()
      }
    }
    enter()
    return once.result()
  }
}

/** Work that is done once, whoever begins it. Observers, who begin it, don't get the error that it throws. */
class Once<Value> {
  readonly #work: () => Value
  #outcome: { readonly value: Value } | { readonly error: unknown } | undefined
  #isBegun = false

  constructor(work: () => Value) {
    this.#work = work
  }

  run(): void {
    if (this.#isBegun) return
    this.#isBegun = true
    try {
      this.#outcome = { value: this.#work() }
    } catch (error) {
      this.#outcome = { error }
    }
  }

  /** Returns or throws what the work did. */
  result(): Value {
    const outcome = this.#outcome
    if (outcome === undefined) return this.#work()
    if ('error' in outcome) throw outcome.error
    return outcome.value
  }
}

import { observerOf, type Observer } from './observer.js'
import { isPromise } from '../../thenable.js'
import type { ErrorReport, Reporter } from './error-handler.js'

/** The observers of a server. */
export interface Observers {
  /** The observers; `undefined` if there are none, so that a message costs one comparison only. */
  list: readonly Observer[] | undefined
  /** Adds an observer and returns a function that removes it. Calls that it has observed from the start are still observed to their end. */
  add(observer: unknown): () => void
  /** Calls a hook of each observer. An error that one throws or rejects with is reported and goes no further. */
  tell(
    observers: readonly Observer[],
    hook: keyof Observer,
    place: ErrorPlace,
    say: (observer: Observer) => unknown,
  ): void
}

/** The place that is reported with an observer's own error. */
export type ErrorPlace = Pick<ErrorReport, 'event' | 'namespace' | 'socket'>

/** Creates an empty list of observers. */
export const createObservers = (reporter: Reporter): Observers => {
  const blamed = new WeakMap<Observer, Set<string>>()

  // Once: an observer that fails does so for every message.
  const report = (observer: Observer, hook: string, { event, namespace, socket }: ErrorPlace, error: unknown): void => {
    const known = blamed.get(observer) ?? new Set()
    if (known.has(hook)) return
    blamed.set(observer, known.add(hook))
    reporter.tell({ error, phase: 'observer', event, namespace, socket })
  }

  return {
    list: undefined,
    add(given) {
      const observer = observerOf(given)
      this.list = [...(this.list ?? []), observer]
      let isAdded = true
      return () => {
        const at = isAdded ? (this.list ?? []).indexOf(observer) : -1
        isAdded = false
        const others = (this.list ?? []).filter((_, index) => index !== at)
        this.list = others.length > 0 ? others : undefined
      }
    },
    tell(observers, hook, place, say) {
      for (const observer of observers) {
        if (observer[hook] === undefined) continue
        try {
          const result = say(observer)
          if (isPromise(result))
            new Promise(adopt => adopt(result)).catch(error => report(observer, hook, place, error))
        } catch (error) {
          report(observer, hook, place, error)
        }
      }
    },
  }
}

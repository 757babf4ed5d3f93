import { rethrowing } from './transform-error.js'

/** Rewrites a part of a value. */
export type Step = (value: unknown, done: Done) => unknown

/**
 * The outcomes of unions and references in this pass. Without them, a deep value takes exponential time where a
 * recursive schema visits a part twice.
 */
export type Done = Map<Step, Map<object, () => unknown>>

/** Returns a step that visits each object once, also if it throws. */
export const once = (step: Step): Step => {
  const own: Step = (value, done) => {
    // A primitive is cheap to visit, and no two places may share the object made of it.
    if (typeof value !== 'object' || value === null) return step(value, done)
    const known = done.get(own) ?? new Map<object, () => unknown>()
    done.set(own, known)
    let outcome = known.get(value)
    if (outcome === undefined) {
      outcome = outcomeOf(step, value, done)
      known.set(value, outcome)
    }
    return outcome()
  }
  return own
}

const outcomeOf = (step: Step, value: unknown, done: Done): (() => unknown) => {
  try {
    const made = step(value, done)
    return () => made
  } catch (error) {
    return rethrowing(error)
  }
}

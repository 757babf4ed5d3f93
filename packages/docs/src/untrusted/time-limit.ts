import { createContext, Script } from 'node:vm'

/** The context in which functions run for its time limit. No foreign code runs in it. */
let caller: { readonly script: Script; readonly context: { run?: () => unknown } } | undefined

/**
 * Runs a function with a time limit in milliseconds. Returns its result, or that of `late` if the limit is exceeded. V8
 * interrupts any code, even a regular expression or `JSON.stringify`, and skips the function's `catch` and `finally` blocks.
 * Limits can be nested; the earliest one applies.
 */
export const withTimeLimit = <Result>(limitMs: number, run: () => Result, late: () => Result): Result => {
  caller ??= { script: new Script('run()'), context: createContext({}) }
  const { script, context } = caller
  let made: readonly [Result] | undefined
  context.run = () => void (made = [run()])
  try {
    script.runInContext(context, { timeout: limitMs })
  } catch (error) {
    if (Reflect.get(Object(error), 'code') !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
  }
  return made === undefined ? late() : made[0]
}

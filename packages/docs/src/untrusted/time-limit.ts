import { createContext, Script } from 'node:vm'

/** Calls a function of ours: nothing foreign is run in the context, whose time limit is what it is for. */
let caller: { readonly script: Script; readonly context: { run?: () => unknown } } | undefined

/**
 * Runs a function under a time limit, in milliseconds, and returns what it returns, or what `late` does once the time is
 * over. V8 interrupts whatever it is at, a regular expression or `JSON.stringify` too; blocks of `catch` and `finally` in
 * the function do not run then. Limits can be nested, and the one that ends first holds.
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

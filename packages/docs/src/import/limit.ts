import { router } from '@ackwire/core'
import { type Code, literal } from './code.js'
import type { Writer } from './place.js'

/** Returns the code of a limit, or nothing if there is none or a contract can't express it. */
export const limitsIn = (limit: unknown, path: string, writer: Writer): readonly Code[] => {
  if (limit === undefined) return []
  try {
    Reflect.apply(router, undefined, [{}, { limit }])
    return [literal(limit)]
  } catch (error) {
    const problem = String(error).replace(/^TypeError: ackwire: router options /, '')
    writer.note({ path, titles: [], within: new Map() }, `its ${problem}; it is left out`)
    return []
  }
}

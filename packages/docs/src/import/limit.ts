import { router } from '@ackwire/core'
import { type Code, literal } from './code.js'
import type { Writer } from './place.js'

/** A limit as a contract has it; nothing where there is none, or where a contract can't hold it. */
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

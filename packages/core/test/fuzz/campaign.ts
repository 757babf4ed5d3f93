import * as fc from 'fast-check'
import { differential } from '../../../docs/test/differential.js'
import { namespaces } from './namespaces.js'
import { lifecycles } from './lifecycles.js'
import { packets } from './packets.js'
import { streams } from './streams.js'
import { values } from './values.js'

type Trial = (setting: {
  readonly seed: number
  readonly numRuns: number
  readonly path?: string
}) => Promise<Pick<fc.RunDetails<unknown>, 'failed' | 'counterexample' | 'counterexamplePath' | 'errorInstance'>>

/** The properties that are tried with random cases, by their names. */
export const PROPERTIES: Readonly<Record<string, Trial>> = {
  values: setting => fc.check(values, setting),
  packets: setting => fc.check(packets, setting),
  namespaces: setting => fc.check(namespaces, setting),
  lifecycles: setting => fc.check(lifecycles, setting),
  streams: setting => fc.check(streams, setting),
  schemas: setting => Promise.resolve(fc.check(differential, setting)),
}

/** The seed and the number of the cases. */
export interface Run {
  readonly seed: number
  readonly runs: number
  /** The one case that failed before. */
  readonly path?: string | undefined
}

/** A seed that nobody has chosen, or the one in the environment. */
export const anySeed = (): number => Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

/** Tries a property. @throws Error that names the case, and the command by which it fails again. */
export const fuzz = async (name: string, { seed, runs, path }: Run): Promise<void> => {
  const property = PROPERTIES[name]
  if (property === undefined) throw new Error(`no property ${name}; there are ${Object.keys(PROPERTIES).join(', ')}`)
  const { error: print } = console
  // The binding tells the console of what the error handler does, and here it does the worst.
  console.error = () => {}
  try {
    const result = await property({ seed, numRuns: runs, ...(path === undefined ? {} : { path }) })
    if (!result.failed) return
    const { counterexample, counterexamplePath, errorInstance } = result
    const again = `npm run fuzz -- --only ${name} --seed ${seed} --path ${counterexamplePath}`
    throw new Error(`${name}: ${String(errorInstance)}\nof ${fc.stringify(counterexample)}\nthe same again: ${again}`, {
      cause: errorInstance,
    })
  } finally {
    console.error = print
  }
}

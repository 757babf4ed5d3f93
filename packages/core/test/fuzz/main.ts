// Tries made-up cases for as long as one likes: `npm run fuzz -- 10m [--seed N] [--only values|packets|namespaces|lifecycles|streams|schemas]`,
// or the one that failed: `npm run fuzz -- --only NAME --seed N --path PATH`.
import { parseArgs } from 'node:util'
import { anySeed, fuzz, PROPERTIES } from './campaign.js'
import { durationOf } from './duration.js'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, only: { type: 'string' }, path: { type: 'string' } },
})
const runs = 500
const until = Date.now() + durationOf(positionals[0] ?? '1m')
let seed = values.seed === undefined ? anySeed() : Number(values.seed)
let cases = 0
do {
  for (const name of values.only === undefined ? Object.keys(PROPERTIES) : [values.only]) {
    try {
      await fuzz(name, { seed, runs, path: values.path })
    } catch (error) {
      // What is thrown here ends no process any more: it is collected, as what the cases bring about is.
      console.error(error)
      process.exit(1)
    }
    cases += values.path === undefined ? runs : 1
    console.log(`${name}: seed ${seed}, ${cases} cases so far`)
  }
  seed++
} while (Date.now() < until && values.path === undefined)
process.exit()

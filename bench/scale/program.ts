/** Measures one figure of one contender in a process of its own: `node --expose-gc program.ts CONTENDER JOB SIZE`. */
import { CONTENDERS } from './contenders.js'
import { JOBS } from './jobs.js'

const [, , contender = '', name, size] = process.argv
const [bind, job] = [CONTENDERS.get(contender), JOBS.find(each => each.name === name)]
if (bind === undefined || job === undefined) throw new Error(`unknown contender or job: ${contender}, ${name}`)
process.send?.({ value: await job.run(bind, Number(size)) })
process.on('disconnect', () => process.exit())

// Soaks a server for as long as one likes: `npm run soak -- 30m`. With `-- 2m 100`, the server keeps 100 bytes of each connection, which has to be found.
import { durationOf } from '../fuzz/duration.js'
import { reportOf } from './report.js'
import { soak } from './soak.js'

const [duration = '1m', leakBytes = '0'] = process.argv.slice(2)
const until = Date.now() + durationOf(duration)
const more = () => Date.now() < until
const { table, wrong } = reportOf(await soak({ clients: 500, turns: 64, more, leakBytes: Number(leakBytes) }))
console.log(table)
if (wrong.length > 0) console.log(`wrong: ${wrong.join(', ')}`)
process.exit(wrong.length > 0 ? 1 : 0)

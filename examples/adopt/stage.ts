/** Runs the stage named by the first argument in a process of its own, which reports its port and ends with its parent. */
import { once } from 'node:events'

const { http } = await import(`./${process.argv[2]}.ts`)
await once(http, 'listening')
process.on('disconnect', () => process.exit())
process.send?.(http.address().port)

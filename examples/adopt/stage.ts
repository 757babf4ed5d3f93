/** `stage.ts NAME` runs a stage in a process of its own, which tells its port and ends with the one that started it. */
import { once } from 'node:events'

const { http } = await import(`./${process.argv[2]}.ts`)
await once(http, 'listening')
process.on('disconnect', () => process.exit())
process.send?.(http.address().port)

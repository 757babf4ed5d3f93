/** Runs the stage at the address in the first argument in a process of its own, which reports its port and ends with its parent. */
import { once } from 'node:events'

const { http } = await import(new URL(`${process.argv[2]}.ts`, import.meta.url).href)
await once(http, 'listening')
process.on('disconnect', () => process.exit())
process.send?.(http.address().port)

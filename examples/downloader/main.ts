/** Serves the downloader with its page and its documentation on one port, and the files it downloads on another. */
import * as docs from '@ackwire/docs'
import { Server } from 'socket.io'
import { hostPage, listen, start } from '../host.js'
import { api } from './contract.js'
import { downloads } from './server.js'
import { demoSource, FILES } from './source.js'

const demo = await listen(demoSource(), '0')
const sources = new Map(FILES.map(file => [file, `${demo}/${file}`]))
// `npm start -- https://example.org/file.zip` offers that file as well.
for (const address of process.argv.slice(2)) sources.set(new URL(address).href.slice(-100), address)

const http = await hostPage(import.meta.dirname, { entryPoints: ['page.ts'] })
downloads(new Server(http), sources, (file, isWhole) =>
  console.log(file, isWhole ? 'downloaded' : 'cancelled or failed'),
)
docs.serve(http, api, { path: '/docs' })
await start(http, 'the downloader')

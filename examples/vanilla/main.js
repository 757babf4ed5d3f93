/** Serves the poll on one port: its page, the packages that the page imports, its documentation and the sockets. */
import * as docs from '@ackwire/docs'
import { Server } from 'socket.io'
import { hostPage, start } from '../host.js'
import { api } from './contract.js'
import { poll } from './server.js'

// Bundles each package that the page imports into one file, with shared chunks. The page's own files are served unchanged.
const packages = { client: '@ackwire/client', core: '@ackwire/core', typebox: '@sinclair/typebox' }
const http = await hostPage(
  import.meta.dirname,
  { entryPoints: packages, external: ['socket.io-client'], splitting: true, outdir: 'modules' },
  ['page.js', 'contract.js'],
)
poll(new Server(http))
docs.serve(http, api, { path: '/docs' })
await start(http, 'the poll, in two windows')

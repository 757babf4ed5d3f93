/** Serves the chat on one port: its page, its documentation and the sockets. */
import * as docs from '@ackwire/docs'
import { Server } from 'socket.io'
import { hostPage, start } from '../host.js'
import { api } from './contract.js'
import { chat } from './server.js'

const http = await hostPage(import.meta.dirname, { entryPoints: ['page.tsx'] })
chat(new Server(http))
docs.serve(http, api, { path: '/docs' })
await start(http, 'the chat, in two windows')

/** Serves tic-tac-toe on one port: its page, its documentation and the sockets. */
import * as docs from '@ackwire/docs'
import { Server } from 'socket.io'
import { hostPage, start } from '../host.js'
import { api } from './contract.js'
import { ticTacToe } from './server.js'

const http = await hostPage(import.meta.dirname, { entryPoints: ['page.ts'] })
// Removes a game's namespace when its last client leaves.
ticTacToe(new Server(http, { cleanupEmptyChildNamespaces: true }))
docs.serve(http, api, { path: '/docs' })
await start(http, 'the game, in two windows')

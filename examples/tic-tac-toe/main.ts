/** Tic-tac-toe on one port: the page, its script, bundled at the start, and the socket. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Server } from 'socket.io'
import { ticTacToe } from './server.js'

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const { outputFiles } = await build({
  entryPoints: [pathOf('page.ts')],
  bundle: true,
  format: 'esm',
  minify: true,
  write: false,
  conditions: ['ackwire-source'],
})

const files = new Map<string | undefined, [type: string, content: string | Uint8Array]>([
  ['/', ['text/html', readFileSync(pathOf('page.html'))]],
  ['/style.css', ['text/css', readFileSync(pathOf('style.css'))]],
  ['/page.js', ['text/javascript', outputFiles[0]?.contents ?? '']],
])
const http = createServer(({ url }, response) => {
  const [type, content] = files.get(url) ?? ['text/plain', 'Not found']
  response.writeHead(files.has(url) ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(content)
})

// A namespace for each game, gone with the last who was in it.
ticTacToe(new Server(http, { cleanupEmptyChildNamespaces: true }))

const port = process.env['PORT'] ?? '3000'
http.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error
  console.error(`Port ${port} is taken by another program. Choose another one: PORT=3001 npm start`)
  process.exit(1)
})
http.listen(Number(port))
await once(http, 'listening')
console.log(`Open     http://localhost:${(http.address() as AddressInfo).port}  in two windows
Ctrl-C stops the server.`)

/** The poll on one port: the page, the modules that it loads, and the socket. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { basename } from 'node:path'
import { attach } from '@ackwire/core/server'
import { build } from 'esbuild'
import { Server } from 'socket.io'
import { api } from './contract.js'

// Each package that the page imports as one file, and what they share. Its own files go to the browser as they are.
const { outputFiles } = await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: { client: '@ackwire/client', core: '@ackwire/core', typebox: '@sinclair/typebox' },
  external: ['socket.io-client'],
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
  outdir: 'modules',
  write: false,
  conditions: ['ackwire-source'],
})

/** @param {string} name */
const read = name => readFileSync(new URL(name, import.meta.url))
/** @type {Map<string | undefined, [type: string, content: Uint8Array]>} */
const files = new Map([
  ['/', ['text/html', read('page.html')]],
  ['/style.css', ['text/css', read('style.css')]],
  ['/page.js', ['text/javascript', read('page.js')]],
  ['/contract.js', ['text/javascript', read('contract.js')]],
])
for (const { path, contents } of outputFiles) files.set(`/modules/${basename(path)}`, ['text/javascript', contents])

const http = createServer(({ url }, response) => {
  const [type, content] = files.get(url) ?? ['text/plain', 'Not found']
  response.writeHead(files.has(url) ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(content)
})
const server = attach(new Server(http), api)

const MOST = 8
const options = ['Tabs', 'Spaces']
/** What each window votes for, by its socket's id. @type {Map<string, string>} */
const votes = new Map()
const poll = () =>
  options.map(option => ({ option, votes: [...votes.values()].filter(vote => vote === option).length }))

server.on.connection(({ emit }) => emit.poll(poll()))
server.on.disconnect(({ socket }) => {
  if (votes.delete(socket.id)) server.emit.poll(poll())
})
server.on.vote(({ input: option, socket, fail }) => {
  if (!options.includes(option)) fail('NO_SUCH_OPTION', { options })
  votes.set(socket.id, option)
  server.emit.poll(poll())
})
server.on.suggest(({ input: option, fail }) => {
  if (options.includes(option)) fail('EXISTS', { option })
  if (options.length === MOST) fail('FULL', { most: MOST })
  options.push(option)
  server.emit.poll(poll())
})

const port = process.env['PORT'] ?? '3000'
http.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
  if (error.code !== 'EADDRINUSE') throw error
  console.error(`Port ${port} is taken by another program. Choose another one: PORT=3001 npm start`)
  process.exit(1)
})
http.listen(Number(port))
await once(http, 'listening')
const address = /** @type {import('node:net').AddressInfo} */ (http.address())
console.log(`Open     http://localhost:${address.port}  the poll, in two windows
Ctrl-C stops the server.`)

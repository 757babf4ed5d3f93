/** The page, its script, bundled at the start, the socket, and a slow file to download, on two ports. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import * as docs from '@ackwire/docs'
import { build } from 'esbuild'
import { Server } from 'socket.io'
import { api } from './contract.js'
import { downloads } from './server.js'
import { slowFile } from './source.js'

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const { outputFiles } = await build({
  entryPoints: [pathOf('page.ts')],
  bundle: true,
  write: false,
  conditions: ['ackwire-source'],
})

const listen = async (http: HttpServer, port: string): Promise<string> => {
  http.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    console.error(`Port ${port} is taken by another program. Choose another one: PORT=3001 npm start`)
    process.exit(1)
  })
  http.listen(Number(port))
  await once(http, 'listening')
  return `http://localhost:${(http.address() as AddressInfo).port}`
}

const source = process.argv[2] ?? `${await listen(slowFile(), '0')}/file`
const page = readFileSync(pathOf('page.html'), 'utf8').replace('SOURCE', source.replaceAll('"', '&quot;'))
const files = new Map<string | undefined, [type: string, content: string | Uint8Array]>([
  ['/', ['text/html', page]],
  ['/page.js', ['text/javascript', outputFiles[0]?.contents ?? '']],
])
const http = createServer(({ url }, response) => {
  const [type, content] = files.get(url) ?? ['text/plain', 'Not found']
  response.writeHead(files.has(url) ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(content)
})
downloads(new Server(http), isWhole => console.log(isWhole ? 'downloaded' : 'cancelled, or failed'))
docs.serve(http, api, { path: '/docs' })

const url = await listen(http, process.env['PORT'] ?? '3000')
console.log(`Open     ${url}       the downloader
         ${url}/docs  its documentation
Ctrl-C stops the server.`)

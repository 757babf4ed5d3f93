/** The part of the examples that has nothing to do with Ackwire: an HTTP server for a page and its files. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { build, type BuildOptions } from 'esbuild'

const TYPES = new Map([
  ['.html', 'text/html'],
  ['.css', 'text/css'],
  ['.js', 'text/javascript'],
])
const PORT = process.env['PORT'] ?? '3000'

/**
 * Creates a server for an example's page: page.html, style.css, the style sheet that all examples share, and its scripts, which
 * esbuild bundles in memory at startup, so that there is no build step. Other `files` of the folder are served unchanged.
 */
export const hostPage = async (
  folder: string,
  scripts: BuildOptions,
  files: readonly string[] = [],
): Promise<Server> => {
  const { outputFiles = [] } = await build({
    absWorkingDir: folder,
    bundle: true,
    format: 'esm',
    minify: true,
    jsx: 'automatic',
    conditions: ['ackwire-source'],
    define: { 'process.env.NODE_ENV': '"production"' },
    outdir: '.',
    ...scripts,
    write: false,
  })
  const contents = new Map<string, Uint8Array>([
    ['/', readFileSync(join(folder, 'page.html'))],
    ['/look.css', readFileSync(join(import.meta.dirname, 'look.css'))],
    ...['style.css', ...files].map(name => [`/${name}`, readFileSync(join(folder, name))] as const),
    ...outputFiles.map(({ path, contents }) => [path.slice(folder.length), contents] as const),
  ])
  return createServer(({ url = '' }, response) => {
    const content = contents.get(url)
    const type = TYPES.get(extname(url) || '.html')
    if (content) response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(content)
    else response.writeHead(404).end('Not found')
  })
}

/** Prints how to choose another port if the port is in use, and exits. @throws Any other error. */
export const explain = (error: NodeJS.ErrnoException): never => {
  if (error.code !== 'EADDRINUSE') throw error
  console.error(`Port ${PORT} is in use by another program. Choose another one: PORT=3001 npm start`)
  process.exit(1)
}

/** Listens on the port in PORT, by default 3000, and resolves to the address. */
export const listen = async (http: Server, port = PORT): Promise<string> => {
  http.once('error', explain).listen(Number(port))
  await once(http, 'listening')
  return `http://localhost:${(http.address() as AddressInfo).port}`
}

/** Listens, and prints the addresses of the page and its documentation. */
export const start = async (http: Server, what: string): Promise<void> => {
  const url = await listen(http)
  console.log(`Open     ${url}       ${what}
         ${url}/docs  its documentation
Ctrl-C stops the server.`)
}

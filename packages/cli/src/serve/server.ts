import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { createProxyServer } from 'httpxy'
import { messageOf, problem } from '../terminal/problem.js'
import type { PageFile } from './page.js'
import type { Reloads } from './reload.js'
import { describeRefusal } from './same-origin.js'

export interface PageServerOptions {
  readonly host: string
  readonly port: number
  readonly path: string
  /** The URL of a running server that receives all requests which are not for the page. */
  readonly target: string | undefined
  /** The origins whose pages may make requests besides the page itself. */
  readonly origins: readonly string[]
  readonly reloads: Reloads
  /** Returns the current files of the page. */
  files(): ReadonlyMap<string, PageFile>
}

/**
 * Serves the page, forwards all other requests, and refuses requests of foreign origins. Resolves once it is listening.
 *
 * @throws A problem if it can't listen.
 */
export const startPageServer = async (options: PageServerOptions): Promise<Server> => {
  const proxy =
    options.target === undefined
      ? undefined
      : createProxyServer({ target: options.target, changeOrigin: true, ws: true })
  const refusal = (request: IncomingMessage): string | undefined => {
    const bound = server.address()
    if (typeof bound !== 'object' || bound === null) return 'the server is closing; start it again'
    return describeRefusal(request, { ...options, address: bound.address, port: bound.port })
  }
  const server = createServer((request, response) => {
    const reason = refusal(request)
    if (reason !== undefined) return forbid(response, reason)
    if (answerFromPage(request, response, options)) return
    if (proxy === undefined) return notFound(response, options)
    void proxy.web(request, response)
  })
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const reason = refusal(request)
    if (reason !== undefined) return forbidUpgrade(socket, reason)
    if (proxy === undefined) return socket.destroy()
    return void proxy.ws(request, socket, {}, head)
  })
  // Without a listener, an error would reject a promise that nobody awaits.
  proxy?.on('error', (error, _, response) => {
    if (response instanceof ServerResponse) unreachable(response, options, error)
    else response?.destroy()
  })
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const flag = WRONG_HOST.has(error.code ?? '') ? '--host' : '--port'
      fail(problem(`can't listen at ${options.host}:${options.port}: ${messageOf(error)}; choose another with ${flag}`))
    })
    server.listen(options.port, options.host, done)
  })
  return server
}

/** The error codes of a host that is not a name of this machine. */
const WRONG_HOST: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL', 'EINVAL'])

const answerFromPage = (
  request: IncomingMessage,
  response: ServerResponse,
  { path, files, reloads }: PageServerOptions,
): boolean => {
  const url = request.url?.replace(/\?.*$/s, '') ?? ''
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  if (url === `${path === '/' ? '' : path}/reload`) {
    reloads.add(response)
    return true
  }
  if (url === `${path}/` && path !== '/') {
    response.writeHead(308, { Location: path }).end()
    return true
  }
  const file = files().get(url)
  if (file === undefined) return false
  response.writeHead(200, {
    'Content-Type': file.type,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': file.policy,
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(request.method === 'HEAD' ? undefined : file.body)
  return true
}

const forbid = (response: ServerResponse, reason: string): void => {
  response.writeHead(403, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    // The rest of the refused request is not read.
    Connection: 'close',
  })
  response.end(`Refused: ${reason}\n`)
}

/** Responds to a refused upgrade, for which there is a socket but no response. */
const forbidUpgrade = (socket: Socket, reason: string): void => {
  const body = `Refused: ${reason}\n`
  const head = ['HTTP/1.1 403 Forbidden', 'Content-Type: text/plain; charset=utf-8', 'Connection: close']
  // Node has removed its own listener, and a disconnected peer must not end the command.
  socket.on('error', () => socket.destroy())
  socket.end(`${head.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}

const notFound = (response: ServerResponse, { path }: PageServerOptions): void => {
  response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(`Not found: the page is at ${path}. Use --server URL to forward other requests to a server.\n`)
}

const unreachable = (response: ServerResponse, { target }: PageServerOptions, error: unknown): void => {
  if (response.headersSent) return void response.destroy()
  response.writeHead(502, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(`The server at ${target} does not answer: ${messageOf(error)}\n`)
}

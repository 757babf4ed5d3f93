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
  /** A running server, to which everything goes that is not for the page. */
  readonly target: string | undefined
  /** Whose pages may ask besides the page itself. */
  readonly origins: readonly string[]
  readonly reloads: Reloads
  /** The files of the page as they are now. */
  files(): ReadonlyMap<string, PageFile>
}

/**
 * Answers for the page, and passes all else on; refuses what comes from pages of other origins. Resolves once it listens.
 *
 * @throws a problem if it can't.
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
  // Without a listener, what goes wrong would come as a rejection of what is not awaited.
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

/** What goes wrong where the host is no name of this machine. */
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
    // What else it would send is not read.
    Connection: 'close',
  })
  response.end(`Refused: ${reason}\n`)
}

/** Answers where there is no response yet, but a socket alone. */
const forbidUpgrade = (socket: Socket, reason: string): void => {
  const body = `Refused: ${reason}\n`
  const head = ['HTTP/1.1 403 Forbidden', 'Content-Type: text/plain; charset=utf-8', 'Connection: close']
  // Node has taken its own listener away, and a peer that is gone must not end the command.
  socket.on('error', () => socket.destroy())
  socket.end(`${head.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}

const notFound = (response: ServerResponse, { path }: PageServerOptions): void => {
  response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(`Nothing is here: the page is at ${path}. With --server URL, all else is asked of that server.\n`)
}

const unreachable = (response: ServerResponse, { target }: PageServerOptions, error: unknown): void => {
  if (response.headersSent) return void response.destroy()
  response.writeHead(502, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(`The server at ${target} does not answer: ${messageOf(error)}\n`)
}

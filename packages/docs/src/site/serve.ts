import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import type { Router } from '@ackwire/core'
import type { AsyncApiDocument } from '../asyncapi/asyncapi-document.js'
import { throwDefinitionError } from '../definition/definition-error.js'
import { createResponder } from './handler.js'
import type { ServeOptions } from './resources.js'

/** The part of a Socket.IO server that the page needs: its HTTP server and its path. */
export interface SocketServer {
  /** Node's HTTP or HTTPS server, once Socket.IO is attached to one. */
  readonly httpServer: unknown
  /** Returns Socket.IO's option `path`. */
  path(): string
}

/**
 * Serves the page of a contract or an AsyncAPI document at `path`, with `asyncapi.yaml` and `asyncapi.json` below it. Other
 * requests, including those of Socket.IO, are handled as before, whichever was attached first. The page is rendered in
 * this call, and each file of a contract's document when it is first requested.
 *
 * @returns A function that removes the page.
 * @throws TypeError as `document` does.
 * @example
 * const remove = serve(httpServer, api, { path: '/docs' })
 */
export const serve = (
  to: HttpServer | HttpsServer | SocketServer,
  source: Router | AsyncApiDocument,
  options: ServeOptions = {},
): (() => void) => {
  const server = serverOf(to)
  const respond = createResponder(source, withPath(to, options))
  let attached = true
  // Not an additional listener, since every listener gets a request, and a framework's would answer it a second time.
  const passOn = server.emit
  const emit = (event: string, ...args: unknown[]): boolean => {
    const [request, response] = args
    if (attached && event === 'request' && isRequest(request) && isResponse(response)) {
      if (respond(request, response)) return true
    }
    return Reflect.apply(passOn, server, [event, ...args])
  }
  server.emit = emit
  return () => {
    attached = false
    // If `emit` has been wrapped again, this wrapper stays and passes everything on.
    if (server.emit === emit) server.emit = passOn
  }
}

const serverOf = (to: HttpServer | HttpsServer | SocketServer): HttpServer | HttpsServer => {
  if (typeof to !== 'object' || to === null)
    return throwDefinitionError('serve', `expected an HTTP server or a Socket.IO server, got ${String(to)}`)
  if (!isSocketServer(to))
    return isHttpServer(to)
      ? to
      : throwDefinitionError('serve', 'expected an HTTP server or a Socket.IO server, got another object')
  if (isHttpServer(to.httpServer)) return to.httpServer
  return throwDefinitionError(
    'serve',
    'the Socket.IO server listens on no HTTP server yet; attach it to one, or give that one',
  )
}

/** Returns the options with the server's own path for the console. */
const withPath = (to: HttpServer | HttpsServer | SocketServer, options: ServeOptions): ServeOptions => {
  const { console: given = true } = options
  if (!isSocketServer(to) || given === false) return options
  return { ...options, console: { path: to.path(), ...(given === true ? {} : given) } }
}

const isSocketServer = (to: HttpServer | HttpsServer | SocketServer): to is SocketServer => 'path' in to
const isHttpServer = (value: unknown): value is HttpServer =>
  typeof value === 'object' && value !== null && 'listen' in value && 'emit' in value
const isRequest = (value: unknown): value is IncomingMessage =>
  typeof value === 'object' && value !== null && 'url' in value
const isResponse = (value: unknown): value is ServerResponse =>
  typeof value === 'object' && value !== null && 'writeHead' in value

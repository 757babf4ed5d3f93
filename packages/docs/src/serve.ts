import { createHash } from 'node:crypto'
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import type { Router } from '@ackwire/core'
import { refuse } from './definition.js'
import { document, type DocumentOptions } from './document.js'
import { page } from './page/page.js'
import { style } from './page/style.js'
import { write } from './render.js'

export interface ServeOptions extends DocumentOptions {
  /** Where the page is. Default: `/docs`. */
  readonly path?: string
}

/** Something to answer with. */
interface Resource {
  readonly type: string
  readonly body: Buffer
  readonly tag: string
}

const HEADERS = {
  'Cache-Control': 'no-cache',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}

/**
 * Shows a contract's document: the page at `path`, and `asyncapi.yaml` and `asyncapi.json` below it. All other requests go
 * where they went before, to Socket.IO too, whichever was attached first. Everything is written once, here.
 *
 * @returns a function that takes the page away again.
 * @throws TypeError as `document` does.
 * @example
 * const remove = serve(httpServer, api, { path: '/docs' })
 */
export const serve = (server: HttpServer | HttpsServer, api: Router, options: ServeOptions = {}): (() => void) => {
  const resources = createResources(api, options)
  let attached = true
  // Not one more listener: all listeners hear of a request, and a framework's own would answer it a second time.
  const passOn = server.emit
  const emit = (event: string, ...args: unknown[]): boolean => {
    const [request, response] = args
    if (attached && event === 'request' && isRequest(request) && isResponse(response)) {
      const url = request.url?.replace(/\?.*$/s, '') ?? ''
      const isRead = request.method === 'GET' || request.method === 'HEAD'
      const resource = resources.get(url)
      if (isRead && resource !== undefined) {
        answer(request, response, resource)
        return true
      }
      if (isRead && resources.has(url.replace(/\/$/, ''))) {
        // Relative, so that a proxy may put something before the path.
        response.writeHead(308, { Location: `..${url.slice(url.lastIndexOf('/', url.length - 2), -1)}` }).end()
        return true
      }
    }
    return Reflect.apply(passOn, server, [event, ...args])
  }
  server.emit = emit
  return () => {
    attached = false
    // Where another has wrapped it since, this one stays in between, and passes everything on.
    if (server.emit === emit) server.emit = passOn
  }
}

const createResources = (
  api: Router,
  { path: given = '/docs', ...options }: ServeOptions,
): ReadonlyMap<string, Resource> => {
  if (!/^\/[^?#\s]*$/.test(given))
    refuse('serve path', `expected a path such as "/docs", came ${JSON.stringify(given)}`)
  const path = given.replace(/\/+$/, '')
  const content = document(api, options)
  // Relative to the page, so that a proxy may put something before the path.
  const base = `./${path.slice(path.lastIndexOf('/') + 1)}`.replace(/\/$/, '')
  return new Map([
    [path === '' ? '/' : path, createResource('text/html; charset=utf-8', page(content, base))],
    [`${path}/style.css`, createResource('text/css; charset=utf-8', style)],
    [`${path}/asyncapi.yaml`, createResource('application/yaml; charset=utf-8', write(content, 'yaml'))],
    [`${path}/asyncapi.json`, createResource('application/json; charset=utf-8', write(content, 'json'))],
  ])
}

const createResource = (type: string, text: string): Resource => ({
  type,
  body: Buffer.from(text),
  tag: `"${createHash('sha256').update(text).digest('base64url')}"`,
})

const answer = (request: IncomingMessage, response: ServerResponse, { type, body, tag }: Resource): void => {
  const known = request.headers['if-none-match']?.split(',').map(each => each.trim().replace(/^W\//, '')) ?? []
  const isKnown = known.includes(tag) || known.includes('*')
  const headers = { ...HEADERS, ETag: tag, 'Content-Type': type }
  response.writeHead(isKnown ? 304 : 200, isKnown ? headers : { ...headers, 'Content-Length': body.length })
  response.end(isKnown || request.method === 'HEAD' ? undefined : body)
}

const isRequest = (value: unknown): value is IncomingMessage =>
  typeof value === 'object' && value !== null && 'url' in value
const isResponse = (value: unknown): value is ServerResponse =>
  typeof value === 'object' && value !== null && 'writeHead' in value

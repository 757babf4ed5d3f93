import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Router } from '@ackwire/core'
import { respondIf } from './allow.js'
import type { AsyncApiDocument } from '../asyncapi/asyncapi-document.js'
import { answer, cacheControlOf, createResources, type ServeOptions } from './resources.js'

/** Answers a request; calls `onOther` if the request is not for the page. */
export type Handler = (request: IncomingMessage, response: ServerResponse, onOther?: () => void) => void

/**
 * Creates a request handler for the page, for Node, Express, Fastify and others. It answers requests for exactly `path` and for
 * the page's files below it. Other requests are passed on, or answered with 404. The path is compared with `request.url`, from
 * which Express removes the mount path, so `path` is relative to the mount. To mount the handler at the page's own path, use the
 * path `/`.
 *
 * @throws TypeError as `document` does.
 * @example
 * app.use(handler(api, { path: '/docs' }))
 * app.use('/docs', requireLogin, handler(api, { path: '/' }))
 */
export const handler = (source: Router | AsyncApiDocument, options: ServeOptions = {}): Handler => {
  const respond = createResponder(source, options)
  return (request, response, onOther) => {
    if (respond(request, response)) return
    if (onOther !== undefined) onOther()
    else response.writeHead(404).end()
  }
}

/** Creates a function that answers requests for the page and its files, and reports if a request was one. */
export const createResponder = (
  source: Router | AsyncApiDocument,
  options: ServeOptions,
): ((request: IncomingMessage, response: ServerResponse) => boolean) => {
  const resources = createResources(source, options)
  const { allow } = options
  const [page = '/'] = resources.keys()
  // Relative, so that a proxy can add a prefix to the path.
  const redirect = (response: ServerResponse, to: string): void =>
    void response.writeHead(308, { Location: to, 'Cache-Control': cacheControlOf(options) }).end()

  const answerTo = (request: IncomingMessage): ((response: ServerResponse) => void) | undefined => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
    // Neither decoded nor normalized: a guard before this handler may not recognize another form of the path.
    const path = pathIn(request.url)
    const mount = pathIn(originalUrl(request))
    // The page's relative links lead below the mount path only if that ends with a slash.
    if (path === '/' && page === '/' && !mount.endsWith('/'))
      return response => redirect(response, `.${mount.slice(mount.lastIndexOf('/'))}/`)
    if (path === `${page}/` && page !== '/')
      return response => redirect(response, `..${page.slice(page.lastIndexOf('/'))}`)
    const resource = resources.get(path)
    return resource && (response => answer(request, response, resource))
  }

  return (request, response) => {
    const respond = answerTo(request)
    if (respond === undefined) return false
    if (allow === undefined) respond(response)
    else void respondIf(allow, request, response, () => respond(response))
    return true
  }
}

/** Returns a URL's path without the query. */
const pathIn = (url = ''): string => url.replace(/\?.*$/s, '')

/** Returns the full URL, which Express keeps here when it removes the mount path. */
const originalUrl = (request: IncomingMessage): string | undefined => {
  const original: unknown = Reflect.get(request, 'originalUrl')
  return typeof original === 'string' ? original : request.url
}

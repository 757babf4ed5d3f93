import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Router } from '@ackwire/core'
import { respondIf } from './allow.js'
import type { AsyncApiDocument } from '../asyncapi/asyncapi-types.js'
import { answer, cacheControlOf, createResources, type ServeOptions } from './resources.js'

/** Answers one request; `onOther` is called for those that are not for the page. */
export type Handler = (request: IncomingMessage, response: ServerResponse, onOther?: () => void) => void

/**
 * The page as a function for a server of one's own: Node's, Express's, Fastify's and their like. It answers the requests
 * for exactly `path`, and for the page's files below it; all others go on, or are answered with 404. Compared is
 * `request.url` as it is: Express and its like take away from it what the function is mounted at, so that `path` is below
 * that. Mounted at the page's own path, the function is given the path `/`.
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

/** Makes a function that answers a request for the page or one of its files, and says whether it was one. */
export const createResponder = (
  source: Router | AsyncApiDocument,
  options: ServeOptions,
): ((request: IncomingMessage, response: ServerResponse) => boolean) => {
  const resources = createResources(source, options)
  const { allow } = options
  const [page = '/'] = resources.keys()
  // Relative, so that a proxy may put something before the path.
  const redirect = (response: ServerResponse, to: string): void =>
    void response.writeHead(308, { Location: to, 'Cache-Control': cacheControlOf(options) }).end()

  const answerTo = (request: IncomingMessage): ((response: ServerResponse) => void) | undefined => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
    // Not decoded, nor made simpler: another form of the path may be one that a guard before this does not know.
    const path = pathIn(request.url)
    const mount = pathIn(originalUrl(request))
    // The page's files are beside it, which is below what it is mounted at only where that ends with a slash.
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

/** A URL's path: all before the query. */
const pathIn = (url = ''): string => url.replace(/\?.*$/s, '')

/** Express takes what a function is mounted at away from the URL, and keeps the whole of it here. */
const originalUrl = (request: IncomingMessage): string | undefined => {
  const original: unknown = Reflect.get(request, 'originalUrl')
  return typeof original === 'string' ? original : request.url
}

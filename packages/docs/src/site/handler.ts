import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Router } from '@ackwire/core'
import { respondIf } from './allow.js'
import type { AsyncApiDocument } from '../asyncapi/asyncapi-document.js'
import { answer, createSite, lastSegmentOf, type Resource, type ServeOptions } from './resources.js'

/** Answers a request; calls `onOther` if the request is not for the page. */
export type Handler = (request: IncomingMessage, response: ServerResponse, onOther?: () => void) => void

/**
 * Creates a request handler for the page, for Node, Express, Fastify and others. It answers requests for exactly `path`, with
 * or without a slash at its end, and for the page's files below it. Other requests are passed on, or answered with 404. The path is
 * compared with `request.url`, from which Express removes the mount path, so `path` is relative to the mount. To mount the handler at
 * the page's own path, use the path `/`.
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
  const { path: page, page: createPage, files } = createSite(source, options)
  const { allow } = options
  // Rendered once more only if the handler is mounted elsewhere than before.
  let segment = lastSegmentOf(page)
  let shown = createPage(segment)
  const pageIn = (mounted: string): Resource => {
    if (mounted !== segment) [segment, shown] = [mounted, createPage(mounted)]
    return shown
  }

  const resourceFor = (request: IncomingMessage): Resource | undefined => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
    // Neither decoded nor normalized: a guard before this handler may not recognize another form of the path.
    const path = pathIn(request.url)
    const mounted = page === '' ? lastSegmentOf(mountOf(request, path)) : lastSegmentOf(page)
    if (path === page || path === `${page}/`) return pageIn(mounted)
    if (!path.startsWith(`${page}/`)) return undefined
    // A proxy can add a slash to the path that a browser shows, or take it away. The links begin with the last part of that path,
    // so that it comes twice if the browser's ends with a slash.
    const name = path.slice(page.length + 1)
    return files.get(mounted !== '' && name.startsWith(`${mounted}/`) ? name.slice(mounted.length + 1) : name)
  }

  return (request, response) => {
    const resource = resourceFor(request)
    if (resource === undefined) return false
    const respond = (): void => void answer(request, response, resource)
    if (allow === undefined) respond()
    else void respondIf(allow, request, response, respond)
    return true
  }
}

/** Returns a URL's path without the query. */
const pathIn = (url = ''): string => url.replace(/\?.*$/s, '')

/** Returns the path that the handler is mounted at. Express removes it from the URL, and keeps the full URL. */
const mountOf = (request: IncomingMessage, path: string): string => {
  const original: unknown = Reflect.get(request, 'originalUrl')
  if (typeof original !== 'string') return ''
  const full = pathIn(original)
  return full.endsWith(path) ? full.slice(0, -path.length) : full
}

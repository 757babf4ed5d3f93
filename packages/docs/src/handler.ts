import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Router } from '@ackwire/core'
import type { AsyncApiDocument } from './asyncapi.js'
import { answer, createResources, type Resource, type ServeOptions } from './resource.js'

/** Answers one request; `onOther` is called for those that are not for the page. */
export type Handler = (request: IncomingMessage, response: ServerResponse, onOther?: () => void) => void

/**
 * The page as a function for a server of one's own: Node's, Express's, Fastify's and their like. It answers the requests
 * whose path ends with `path` and those for its files below; all others go on, or are answered with 404. With the path
 * `/` it answers for what it is mounted at only.
 *
 * @throws TypeError as `document` does.
 * @example
 * app.use(handler(api, { path: '/docs' }))
 */
export const handler = (source: Router | AsyncApiDocument, options: ServeOptions = {}): Handler => {
  // Every path ends with that of the root, so there only the whole of it tells: as the framework's router left it.
  const isRoot = options.path === '/'
  const respond = createResponder(createResources(source, options), (url, paths) =>
    paths.find(path => (isRoot ? url === path : url.endsWith(path))),
  )
  return (request, response, onOther) => {
    const whole = pathIn(originalUrl(request))
    const path = isRoot ? pathIn(request.url ?? '') : whole
    // The page's files are beside it, which is below what it is mounted at only where that ends with a slash.
    if (path === '/' && !whole.endsWith('/') && isRead(request))
      return redirect(response, `.${whole.slice(whole.lastIndexOf('/'))}/`)
    if (respond(request, response, path)) return
    if (onOther !== undefined) onOther()
    else response.writeHead(404).end()
  }
}

/** A URL's path: all before the query. */
const pathIn = (url: string): string => url.replace(/\?.*$/s, '')

const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD'

/** To a relative address, so that a proxy may put something before the path. */
const redirect = (response: ServerResponse, to: string): void => void response.writeHead(308, { Location: to }).end()

/** Express takes the path of a router away from the URL, and keeps the whole of it here. */
const originalUrl = (request: IncomingMessage): string => {
  const original: unknown = Reflect.get(request, 'originalUrl')
  return typeof original === 'string' ? original : (request.url ?? '')
}

/** Tells which of the paths a URL is for. */
type Match = (url: string, paths: readonly string[]) => string | undefined

/** Makes a function that answers a request and says whether it did. */
export const createResponder = (
  resources: ReadonlyMap<string, Resource>,
  match: Match,
): ((request: IncomingMessage, response: ServerResponse, url: string) => boolean) => {
  const paths = [...resources.keys()]
  return (request, response, given) => {
    if (!isRead(request)) return false
    const url = pathIn(given)
    const resource = resources.get(match(url, paths) ?? '')
    if (resource !== undefined) {
      answer(request, response, resource)
      return true
    }
    const meant = url.endsWith('/') ? match(url.slice(0, -1), paths) : undefined
    if (meant === undefined || meant === '/') return false
    redirect(response, `..${url.slice(url.lastIndexOf('/', url.length - 2), -1)}`)
    return true
  }
}

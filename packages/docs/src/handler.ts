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
    if (respond(request, response, isRoot ? (request.url ?? '') : originalUrl(request))) return
    if (onOther !== undefined) onOther()
    else response.writeHead(404).end()
  }
}

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
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const url = given.replace(/\?.*$/s, '')
    const resource = resources.get(match(url, paths) ?? '')
    if (resource !== undefined) {
      answer(request, response, resource)
      return true
    }
    const meant = url.endsWith('/') ? match(url.slice(0, -1), paths) : undefined
    if (meant === undefined || meant === '/') return false
    // Relative, so that a proxy may put something before the path.
    response.writeHead(308, { Location: `..${url.slice(url.lastIndexOf('/', url.length - 2), -1)}` }).end()
    return true
  }
}

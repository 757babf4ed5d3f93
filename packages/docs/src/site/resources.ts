import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Router } from '@ackwire/core'
import { isRouter } from '@ackwire/core/internal'
import type { Allow } from './allow.js'
import type { AsyncApiDocument } from '../asyncapi/asyncapi-document.js'
import { assets } from './assets.js'
import { compress, encodingFor } from './compression.js'
import { checkServeForm } from '../options/check-options.js'
import { throwDefinitionError } from '../definition/definition-error.js'
import { contentOf, createPage, escape, type HtmlOptions, policyOf, scriptOf } from './html.js'
import { targetsOf } from './console-targets.js'
import { type Format, write } from '../document/write.js'

/** Options of a page that a server shows. */
export interface ServeOptions extends HtmlOptions {
  /**
   * The path of the page; for `handler`, relative to where it is mounted.
   *
   * @default '/docs'
   */
  readonly path?: string
  /**
   * Decides who may see the page, its files and the document. It is called for each request for them, and only `true`, or a
   * promise of it, allows the request. For any other result or an error, the answer is 403. Allowed responses are not stored by
   * shared caches.
   *
   * @default Everybody is allowed.
   * @example
   * serve(httpServer, api, { allow: ({ headers }) => sessions.get(headers.cookie ?? '')?.isStaff === true })
   */
  readonly allow?: Allow
}

/** A response. */
export interface Resource {
  /** The content type, with its charset. */
  readonly type: string
  /** The content, in UTF-8. */
  readonly body: Buffer
  /** The `ETag`, derived from the content. */
  readonly tag: string
  /** The Content-Security-Policy. */
  readonly policy: string
  /** The `Cache-Control`: `no-cache`, or `private, no-cache` with access control. */
  readonly cacheControl: string
}

/** The page and its files. */
export interface Site {
  /** The path of the page, without a slash at its end; empty for the root. */
  readonly path: string
  /** Returns the page with links that begin with `segment`, the last part of the path that it is shown at. */
  page(segment: string): Resource
  /** The other files by their names. */
  readonly files: ReadonlyMap<string, Resource>
}

/**
 * Creates the page and its files. All but the page are rendered once. The document of a contract is written for its first reader,
 * since that takes longer than all else; a document that was given is written at once, before its owner changes it.
 */
export const createSite = (source: Router | AsyncApiDocument, all: ServeOptions): Site => {
  checkServeForm(all)
  const { path: given = '/docs', allow: _, ...options } = all
  if (!/^\/[^?#\s]*$/.test(given))
    throwDefinitionError('serve path', `expected a path such as "/docs", got ${JSON.stringify(given)}`)
  const content = contentOf(source, options)
  const targets = targetsOf(content, options, true)
  const policy = `${policyOf("'self'", "'self'", targets)}; frame-ancestors 'none'`
  const resource = (type: string, text: string | (() => string)): Resource =>
    createResource(type, text, policy, cacheControlOf(all))
  const written = (format: Format): string | (() => string) =>
    isRouter(source) ? () => write(content, format) : write(content, format)
  return {
    path: given.replace(/\/+$/, ''),
    page(segment) {
      // Relative to the page, so that a proxy can add a prefix to the path.
      const base = segment === '' ? '.' : `./${segment}`
      const text = createPage(content, {
        style: `<link rel="stylesheet" href="${escape(base)}/page.css">`,
        script: `<script src="${escape(base)}/page.js"></script>`,
        files: { YAML: `${base}/asyncapi.yaml`, JSON: `${base}/asyncapi.json` },
        targets,
      })
      return resource('text/html', text)
    },
    files: new Map([
      ['page.js', resource('text/javascript', scriptOf(options))],
      ['page.css', resource('text/css', assets().style)],
      ['asyncapi.yaml', resource('application/yaml', written('yaml'))],
      ['asyncapi.json', resource('application/json', written('json'))],
    ]),
  }
}

/** Returns the last part of a path without a slash at its end. */
export const lastSegmentOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Creates the page and its files by their paths. */
export const createResources = (
  source: Router | AsyncApiDocument,
  options: ServeOptions,
): ReadonlyMap<string, Resource> => {
  const { path, page, files } = createSite(source, options)
  return new Map([
    [path === '' ? '/' : path, page(lastSegmentOf(path))],
    ...[...files].map(([name, file]) => [`${path}/${name}`, file] as const),
  ])
}

/** Creates a resource, which is rendered when it is first read if its text is a function. */
const createResource = (
  type: string,
  text: string | (() => string),
  policy: string,
  cacheControl: string,
): Resource => {
  let rendered: Pick<Resource, 'body' | 'tag'> | undefined
  const content = (): Pick<Resource, 'body' | 'tag'> =>
    (rendered ??= contentOfText(typeof text === 'string' ? text : text()))
  if (typeof text === 'string') content()
  return {
    type: `${type}; charset=utf-8`,
    get body() {
      return content().body
    },
    get tag() {
      return content().tag
    },
    policy,
    cacheControl,
  }
}

const contentOfText = (text: string): Pick<Resource, 'body' | 'tag'> => ({
  body: Buffer.from(text),
  tag: `"${createHash('sha256').update(text).digest('base64url')}"`,
})

/** Returns the caching policy: caches revalidate each time, and shared caches don't store a page with access control. */
export const cacheControlOf = ({ allow }: ServeOptions): string =>
  allow === undefined ? 'no-cache' : 'private, no-cache'

/** Answers a request with a resource, compressed if the client accepts that, or with 304 if the client has it. */
export const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  { type, body, tag, policy, cacheControl }: Resource,
): Promise<void> => {
  const known = request.headers['if-none-match']?.split(',').map(each => each.trim().replace(/^W\//, '')) ?? []
  const headers = {
    'Cache-Control': cacheControl,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': policy,
    ETag: tag,
    Vary: 'Accept-Encoding',
    'Content-Type': type,
  }
  if (known.includes(tag) || known.includes('*')) return void response.writeHead(304, headers).end()
  const encoding = encodingFor(request.headers['accept-encoding']?.toString(), body)
  const sent = encoding === undefined ? body : await compress(body, encoding)
  // The client may have left in the meantime.
  if (response.headersSent || response.destroyed) return
  const encoded = encoding === undefined ? {} : { 'Content-Encoding': encoding }
  response.writeHead(200, { ...headers, ...encoded, 'Content-Length': sent.length })
  response.end(request.method === 'HEAD' ? undefined : sent)
}

import type { AsyncApiDocument } from '../asyncapi/asyncapi-document.js'
import { throwDefinitionError } from '../definition/definition-error.js'
import type { PageOptions } from '../options/page-options.js'
import { jsonOf, textOf } from '../parse/json.js'
import { resolved } from '../parse/reference.js'

/** A server that the page may connect to; an empty URL is the page's own host. */
export interface Target {
  readonly title: string
  readonly url: string
  readonly path: string
}

const PATH = '/socket.io/'

/**
 * Returns the servers that the console can choose from. If `isServed`, the page's own host is one of them.
 *
 * @throws TypeError for an invalid URL.
 */
export const targetsOf = (content: AsyncApiDocument, options: PageOptions, isServed: boolean): readonly Target[] => {
  const { console: given = true } = options
  if (given === false) return []
  const { url, path } = given === true ? {} : given
  const own = isServed ? [{ title: 'This host', url: '', path: path ?? PATH }] : []
  if (url !== undefined) return [url].flat().map(each => createTarget(each, path))
  // A third-party document may have any form; its servers are often references.
  const document = jsonOf(content)
  const named = Object.entries(jsonOf(content.servers)).flatMap(([name, value]) => {
    const server = resolved(document, value)
    const { protocol } = server
    const host = textOf(server['host'])?.replaceAll(
      /\{(\w+)\}/g,
      (whole, key: string) => presetOf(server, key) ?? whole,
    )
    const origin = originOf(`${protocol === 'wss' || protocol === 'https' ? 'https' : 'http'}://${host ?? ''}`)
    if (origin === undefined) return []
    return [{ title: textOf(server['title']) ?? name, url: origin, path: path ?? textOf(server['pathname']) ?? PATH }]
  })
  return [...own, ...named]
}

/** Returns the default of a server variable. */
const presetOf = (server: object, key: string): string | undefined => {
  const variable: unknown = Object(Reflect.get(server, 'variables'))[key]
  const preset: unknown = Object(variable).default
  return typeof preset === 'string' ? preset : undefined
}

const createTarget = (url: string, path = PATH): Target => {
  const origin = originOf(url)
  if (origin === undefined)
    return throwDefinitionError(
      'console.url',
      `expected an address such as "https://api.example.org", got ${JSON.stringify(url)}`,
    )
  return { title: origin, url: origin, path }
}

/** Returns a URL's origin in the form of a Content-Security-Policy, or `undefined` if it has none. */
const originOf = (url: string): string | undefined => {
  if (!URL.canParse(url)) return undefined
  const { protocol, origin } = new URL(url)
  return /^(?:http|ws)s?:$/.test(protocol) && /^\w+:\/\/[\w.:[\]-]+$/.test(origin)
    ? origin.replace(/^ws/, 'http')
    : undefined
}

import type { IncomingMessage } from 'node:http'
import { networkInterfaces } from 'node:os'
import { problem } from '../terminal/problem.js'

/** Where the page is served, and who may ask besides the page itself. */
export interface Place {
  /** As `--host` names it. */
  readonly host: string
  /** What that was found to be: an address of the machine, or `0.0.0.0` or `::` for all of them. */
  readonly address: string
  readonly port: number
  /** As `--allow-origin` names them, each in the form in which a browser sends it. */
  readonly origins: readonly string[]
}

/** What is looked at of a request. */
export type Asked = Pick<IncomingMessage, 'url' | 'headersDistinct'>

/**
 * Returns why a request is refused, and what to do; `undefined` where it may pass. What listens at this machine can be asked by
 * every page that its browser shows: by its name, which may be made to lead here (then the `Host` tells), or across
 * origins (then the `Origin` does). What is no browser sends no `Origin`.
 */
export const describeRefusal = ({ url = '', headersDistinct: headers }: Asked, place: Place): string | undefined => {
  if (!url.startsWith('/')) return `expected a path, got ${shown(url)}; send the path alone, and the host as Host`
  const [host, ...otherHosts] = headers['host'] ?? []
  if (host === undefined || otherHosts.length > 0) return 'expected one Host header; send the host of the page in it'
  const own = ownOrigin(host, place)
  if (own === undefined && !place.origins.some(origin => new URL(origin).host === host.toLowerCase()))
    return `the Host ${shown(host)} is not where this page is served; open it at ${homeOf(place)}, or allow the origin of that host${flag(`http://${host}`)}`

  const [origin, ...otherOrigins] = headers['origin'] ?? []
  if (otherOrigins.length > 0) return 'expected one Origin header, got several; send that of the page alone'
  if (origin !== undefined && origin !== own && !place.origins.includes(origin))
    return `the Origin ${shown(origin)} is not that of this page; if it is that of a page of yours, allow it${flag(origin)}`
  if (origin === undefined && isOfAnotherPage(headers))
    return `a page of another origin asks, and does not say which; if it is yours, ask with an Origin (the attribute crossorigin), and allow that${flag('')}`
  return undefined
}

/** A host and its port as a header has them: a name, or an address, IPv6 in brackets; nothing before or after it. */
const HOST = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i

/** The origin of the page, where it is asked for by a host that is this machine for certain. */
const ownOrigin = (host: string, place: Place): string | undefined => {
  const [, name = '', port = '80'] = HOST.exec(host.toLowerCase()) ?? []
  if (Number(port) !== place.port || !isHere(name, place)) return undefined
  return `http://${name}${place.port === 80 ? '' : `:${place.port}`}`
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

const isHere = (name: string, { host, address }: Place): boolean =>
  LOOPBACK.has(name) ||
  /^(?:[\w-]+\.)+localhost$/.test(name) ||
  [host, address, ...(isEvery(address) ? ownAddresses() : [])].some(each => hostOf(each) === name)

const isEvery = (address: string): boolean => address === '0.0.0.0' || address === '::'

/** Asked for each time: a laptop changes its network. */
const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address))

/** A name or an address as a URL has it. */
export const hostOf = (name: string): string => {
  const bracketed = `[${name.replace(/%.*/s, '')}]`
  if (!name.includes(':')) return name.toLowerCase()
  return URL.canParse(`http://${bracketed}`) ? new URL(`http://${bracketed}`).hostname : bracketed
}

/**
 * Whether a browser says that another page asks, without saying which: for its images, scripts and frames. To be led here by a
 * link is no such thing.
 */
const isOfAnotherPage = (headers: Asked['headersDistinct']): boolean => {
  const [site] = headers['sec-fetch-site'] ?? []
  const isLink = headers['sec-fetch-mode']?.[0] === 'navigate' && headers['sec-fetch-dest']?.[0] === 'document'
  return site !== undefined && site !== 'same-origin' && site !== 'none' && !isLink
}

const homeOf = ({ host, port }: Place): string => `http://${hostOf(host)}:${port}`

/** The flag that lets an origin pass, with the origin where it is one. */
const flag = (origin: string): string => ` with --allow-origin ${originIn(origin) ?? 'ORIGIN'}`

const shown = (text: string): string => JSON.stringify(text.slice(0, 100))

/** The origin that a text is, in a browser's form; `undefined` for anything else, also for a URL with a path. */
const originIn = (text: string): string | undefined => {
  if (!URL.canParse(text)) return undefined
  const { protocol, host, pathname, search, hash, username, password, origin } = new URL(text)
  const isBare = pathname === '/' && `${search}${hash}${username}${password}` === '' && !/[?#@]/.test(text)
  return /^https?:$/.test(protocol) && HOST.test(host) && isBare ? origin : undefined
}

/** The origins that `--allow-origin` names. @throws a problem for what is none. */
export const originsOf = (texts: readonly string[]): readonly string[] =>
  texts.map(text => {
    const origin = originIn(text)
    if (origin !== undefined) return origin
    throw problem(
      `--allow-origin: expected an origin such as http://localhost:5173, with no path and no wildcard, got ${JSON.stringify(text)}`,
    )
  })

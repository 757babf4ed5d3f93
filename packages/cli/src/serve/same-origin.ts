import type { IncomingMessage } from 'node:http'
import { networkInterfaces } from 'node:os'
import { problem } from '../terminal/problem.js'

/** The address of the page, and the origins that may make requests besides it. */
export interface Place {
  /** The host given by `--host`. */
  readonly host: string
  /** The address that the host resolved to; `0.0.0.0` or `::` for all addresses of the machine. */
  readonly address: string
  readonly port: number
  /** The origins given by `--allow-origin`, in the form that a browser sends. */
  readonly origins: readonly string[]
}

/** The parts of a request that are checked. */
export type Asked = Pick<IncomingMessage, 'url' | 'headersDistinct'>

/**
 * Returns why a request is refused and what to do, or `undefined` if it is allowed. Any page in a browser on this machine can
 * reach a local server: by a host name that resolves to it (visible in `Host`), or across origins (visible in `Origin`). Clients
 * other than browsers send no `Origin`.
 */
export const describeRefusal = ({ url = '', headersDistinct: headers }: Asked, place: Place): string | undefined => {
  if (!url.startsWith('/'))
    return `expected a path, got ${shown(url)}; send only the path, and the host in the header Host`
  const [host, ...otherHosts] = headers['host'] ?? []
  if (host === undefined || otherHosts.length > 0) return 'expected one Host header; send the host of the page'
  const own = ownOrigin(host, place)
  if (own === undefined && !place.origins.some(origin => new URL(origin).host === host.toLowerCase()))
    return `the Host ${shown(host)} is not the host of this page; open ${homeOf(place)}, or allow that host's origin${flag(`http://${host}`)}`

  const [origin, ...otherOrigins] = headers['origin'] ?? []
  if (otherOrigins.length > 0) return 'expected one Origin header, got several; send only that of the page'
  if (origin !== undefined && origin !== own && !place.origins.includes(origin))
    return `the Origin ${shown(origin)} is not the origin of this page; if it is yours, allow it${flag(origin)}`
  if (origin === undefined && isOfAnotherPage(headers))
    return `the request comes from another origin that it does not name; if it is yours, send an Origin (attribute crossorigin) and allow it${flag('')}`
  return undefined
}

/** Matches a host with an optional port as in a header: a name or an address, IPv6 in brackets, and nothing else. */
const HOST = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i

/** Returns the origin of the page if the host is certain to be this machine. */
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

/** Read on each request, since a laptop changes networks. */
const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address))

/** Returns a name or an address in the form of a URL's host. */
export const hostOf = (name: string): string => {
  const bracketed = `[${name.replace(/%.*/s, '')}]`
  if (!name.includes(':')) return name.toLowerCase()
  return URL.canParse(`http://${bracketed}`) ? new URL(`http://${bracketed}`).hostname : bracketed
}

/**
 * Returns true if the browser marks a request as another page's without naming the origin, as for images, scripts and frames.
 * Following a link does not count.
 */
const isOfAnotherPage = (headers: Asked['headersDistinct']): boolean => {
  const [site] = headers['sec-fetch-site'] ?? []
  const isLink = headers['sec-fetch-mode']?.[0] === 'navigate' && headers['sec-fetch-dest']?.[0] === 'document'
  return site !== undefined && site !== 'same-origin' && site !== 'none' && !isLink
}

const homeOf = ({ host, port }: Place): string => `http://${hostOf(host)}:${port}`

/** Returns the flag that allows an origin, or a placeholder if it is not a valid origin. */
const flag = (origin: string): string => ` with --allow-origin ${originIn(origin) ?? 'ORIGIN'}`

const shown = (text: string): string => JSON.stringify(text.slice(0, 100))

/** Returns a string as an origin in a browser's form, or `undefined` for anything else, such as a URL with a path. */
const originIn = (text: string): string | undefined => {
  if (!URL.canParse(text)) return undefined
  const { protocol, host, pathname, search, hash, username, password, origin } = new URL(text)
  const isBare = pathname === '/' && `${search}${hash}${username}${password}` === '' && !/[?#@]/.test(text)
  return /^https?:$/.test(protocol) && HOST.test(host) && isBare ? origin : undefined
}

/** Parses the origins of `--allow-origin`. @throws A problem for an invalid one. */
export const originsOf = (texts: readonly string[]): readonly string[] =>
  texts.map(text => {
    const origin = originIn(text)
    if (origin !== undefined) return origin
    throw problem(
      `--allow-origin: expected an origin such as http://localhost:5173, with no path and no wildcard, got ${JSON.stringify(text)}`,
    )
  })

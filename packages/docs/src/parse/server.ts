import { type Json, textOf } from './json.js'
import type { ReadLog } from './log.js'

/** Reads a Server Object in AsyncAPI 3's form: the `url` of version 2, or a `host` with more in it, becomes a host and a path. */
export const readServer = (name: string, server: Json, { remark }: ReadLog): Json => {
  const { url, host: given, pathname: path, ...other } = server
  const address = textOf(url) ?? textOf(given)
  if (address === undefined) return other
  const [, scheme, host = '', pathname = '', query] =
    /^(?:([a-z][a-z\d+.-]*):\/\/)?([^/?#]*)([^?#]*)([?#].*)?$/is.exec(address.trim()) ?? []
  if (query !== undefined) remark(`servers.${name}: ${query} of its address is left out`)
  const rest = textOf(path)
  const before = rest === undefined && pathname !== '/' ? pathname : pathname.replace(/\/$/, '')
  const whole = before + (rest === undefined || rest.startsWith('/') ? (rest ?? '') : `/${rest}`)
  return {
    ...other,
    host,
    ...(whole === '' ? {} : { pathname: whole }),
    ...(scheme === undefined ? {} : { scheme }),
  }
}

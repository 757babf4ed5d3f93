import { isObject, property, text } from './json.js'
import type { Resolve } from './pointer.js'

/** How a client shows who it is, in a reader's words. */
export interface Scheme {
  readonly name: string
  readonly words: string
  readonly description: string | undefined
}

/** Reads the schemes that a server, a namespace or an event names. */
export const createSecurity = (schemes: readonly unknown[], resolve: Resolve): readonly Scheme[] =>
  schemes.map(each => {
    const { value, name } = resolve(each)
    return { name: name ?? 'security', words: wordsOf(value), description: text(value, 'description') }
  })

const wordsOf = (scheme: unknown): string => {
  if (!isObject(scheme)) return 'unknown scheme'
  const type = text(scheme, 'type') ?? 'unknown scheme'
  const what = type === 'http' ? `${text(scheme, 'scheme') ?? 'http'}` : type === 'apiKey' ? 'API key' : type
  const place = property(scheme, 'x-socketio') ?? scheme
  const where = text(place, 'in')
  const name = text(place, 'name')
  return [what, where && `in ${where}`, name && `as ${name}`].filter(Boolean).join(' ')
}

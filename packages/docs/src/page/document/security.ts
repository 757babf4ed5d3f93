import { isJson, property, textIn } from '../../parse/json.js'
import type { Resolve } from '../../parse/reference.js'

/** A way to authenticate, in words. */
export interface Scheme {
  readonly name: string
  readonly words: string
  readonly description: string | undefined
}

/** Reads the schemes of a server, a namespace or an event. */
export const createSecurity = (schemes: readonly unknown[], resolve: Resolve): readonly Scheme[] =>
  schemes.map(each => {
    const { value, name } = resolve(each)
    return { name: name ?? 'security', words: wordsOf(value), description: textIn(value, 'description') }
  })

const wordsOf = (scheme: unknown): string => {
  if (!isJson(scheme)) return 'unknown scheme'
  const type = textIn(scheme, 'type') ?? 'unknown scheme'
  const what = type === 'http' ? `${textIn(scheme, 'scheme') ?? 'http'}` : type === 'apiKey' ? 'API key' : type
  const place = property(scheme, 'x-socketio') ?? scheme
  const where = textIn(place, 'in')
  const name = textIn(place, 'name')
  return [what, where && `in ${where}`, name && `as ${name}`].filter(Boolean).join(' ')
}

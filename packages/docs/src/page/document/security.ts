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

/** Describes a scheme: `a bearer token, sent in the handshake's auth as token`. */
const wordsOf = (scheme: unknown): string => {
  if (!isJson(scheme)) return 'a scheme that is not in this document'
  const type = textIn(scheme, 'type') ?? ''
  const what = type === 'http' ? httpOf(textIn(scheme, 'scheme') ?? '') : (WHAT[type] ?? type)
  const place = property(scheme, 'x-socketio') ?? scheme
  const [where, name] = [textIn(place, 'in'), textIn(place, 'name')]
  const sent = where === undefined ? '' : `, sent in ${PLACES[where] ?? where}`
  return `${what}${sent}${name === undefined ? '' : ` as ${name}`}`
}

const httpOf = (scheme: string): string =>
  /^bearer$/i.test(scheme) ? 'a bearer token' : /^basic$/i.test(scheme) ? 'a name and a password' : `HTTP ${scheme}`

const WHAT: Readonly<Record<string, string>> = {
  '': 'an unknown scheme',
  apiKey: 'an API key',
  httpApiKey: 'an API key',
  userPassword: 'a name and a password',
  X509: 'an X.509 certificate',
  oauth2: 'a token of OAuth 2',
  openIdConnect: 'a token of OpenID Connect',
}

const PLACES: Readonly<Record<string, string>> = {
  'handshake.auth': 'the handshake’s auth',
  'handshake.query': 'the handshake’s query',
  'handshake.headers': 'the handshake’s headers',
  user: 'the user name',
  password: 'the password',
  header: 'a header',
  query: 'the query',
  cookie: 'a cookie',
}

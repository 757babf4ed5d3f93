import { kindOf } from '../definition-error.js'

/**
 * Event names that Socket.IO keeps for itself; `emit` throws on them.
 * Source: the union of `RESERVED_EVENTS` of socket.io and socket.io-client 4.8, of their namespaces' and of Node's EventEmitter.
 */
const RESERVED_EVENTS: ReadonlySet<string> = new Set([
  'connect',
  'connection',
  'connect_error',
  'disconnect',
  'disconnecting',
  'error',
  'newListener',
  'removeListener',
  'new_namespace',
])

/** The events of Socket.IO itself that a client can listen to. */
export const CLIENT_LIFECYCLE: ReadonlySet<string> = new Set(['connect', 'connect_error', 'disconnect'])

/** What a socket tells its own listeners. Socket.IO's parser takes none of them from a peer, the msgpack parser takes all. */
const OWN_EVENTS: ReadonlySet<unknown> = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
])

/** Whether an event's name, whatever came as one, is that of an event which no peer can send. */
export const isOwnEvent = (name: unknown): boolean => OWN_EVENTS.has(name)

/** Properties of promises and functions; on a client they are never events, so an event can't have their name. */
const RESERVED_KEYS: ReadonlySet<string> = new Set(['then', 'toJSON', 'apply', 'bind', 'call', 'toString', 'valueOf'])

/** Whether a key of a router names a namespace: it begins with a slash, as in Socket.IO. */
export const isNamespace = (key: string): key is `/${string}` => key.startsWith('/')

/** The event's name on the wire: its group, a colon and its key, or its key alone at the top. */
export const eventName = (group: string, key: string): string => (group === '' ? key : `${group}:${key}`)

/** What is done with a stream by its name and one of these: `tail_log:next` asks for more of `tail_log`. */
export const STREAM_VERBS = ['next', 'stop', 'resume'] as const

const PARAMETER = /\{(\w+)\}/g

/** Whether a namespace has parameters. */
export const isPattern = (namespace: string): boolean => namespace.includes('{')

/** The names of the parameters of a namespace: `id` of `/game-{id}`. */
export const parametersOf = (namespace: string): string[] =>
  [...namespace.matchAll(PARAMETER)].map(([, name = '']) => name)

/** Returns what is the same for two keys that stand for the same namespaces. */
export const shapeOf = (namespace: string): string => namespace.replaceAll(PARAMETER, '{}')

/** The namespace that a pattern and its parameters name. @throws TypeError for a value that can't stand in a name. */
export const fillPattern = (pattern: string, params: Readonly<Record<string, unknown>>): string =>
  pattern.replaceAll(PARAMETER, (_, name: string) => {
    const value = params[name]
    if (typeof value === 'string' && /^[^/?#,\s]+$/.test(value)) return value
    throw new TypeError(
      `ackwire: of("${pattern}"): the parameter ${name} must be a non-empty string without "/", "?", "#", "," or white space, got ${kindOf(value)}`,
    )
  })

/** Says why a key that begins with a slash can't name a namespace, or `undefined` if it can. */
export const describeNamespaceProblem = (key: string): string | undefined => {
  if (key === '/') return 'the root namespace is the contract itself; move these entries up'
  if (/[?#,\s]/.test(key))
    return 'a namespace can\'t have "?", "#", "," or white space in its name, because they end the name on the wire'
  const parameters = parametersOf(key)
  if (new Set(parameters).size < parameters.length) return 'a namespace can have each parameter only once; rename one'
  if (key.includes('}{')) return 'two parameters of a namespace need characters between them, as in "/{a}-{b}"'
  if (/[{}]/.test(key.replaceAll(/\{\w+\}/g, '')))
    return 'a parameter of a namespace is a word in braces, such as "/game-{id}"'
  return undefined
}

/** Says why a key can name neither an event nor a group, or `undefined` if it can. */
export const describeKeyProblem = (key: string): string | undefined => {
  if (key === '') return 'the name is empty; give the event a name'
  if (RESERVED_EVENTS.has(key)) return `"${key}" is reserved by Socket.IO; choose another name`
  if (RESERVED_KEYS.has(key))
    return `"${key}" is a property that JavaScript itself reads, so a client can't call it; choose another name`
  return undefined
}

/**
 * The event names that Socket.IO reserves; its `emit` throws for them.
 * Source: the union of `RESERVED_EVENTS` of socket.io and socket.io-client 4.8, of their namespaces and of the
 * EventEmitter of Node.
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

/**
 * The events that a socket emits to its own listeners. The default parser of Socket.IO accepts none of them from the
 * other side, the msgpack parser accepts all.
 */
const OWN_EVENTS: ReadonlySet<unknown> = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
])

/** Returns whether a received event name is one that no client or server may send. */
export const isOwnEvent = (name: unknown): boolean => OWN_EVENTS.has(name)

/**
 * Properties of promises and functions. A client never treats them as events, so an event cannot have one as its name.
 */
const RESERVED_KEYS: ReadonlySet<string> = new Set(['then', 'toJSON', 'apply', 'bind', 'call', 'toString', 'valueOf'])

/** Returns whether a key of a router names a namespace: it begins with a slash, as in Socket.IO. */
export const isNamespace = (key: string): key is `/${string}` => key.startsWith('/')

/** Returns the name of an event on the wire: its group, a colon and its key, or its key alone at the top. */
export const eventName = (group: string, key: string): string => (group === '' ? key : `${group}:${key}`)

/** The suffixes of the events that read a stream: `tail_log:next` requests more of `tail_log`. */
export const STREAM_VERBS = ['next', 'stop', 'resume'] as const

const PARAMETER = /\{(\w+)\}/g

/** Returns whether a namespace has parameters. */
export const isPattern = (namespace: string): boolean => namespace.includes('{')

/** Returns the names of the parameters of a namespace: `id` for `/game-{id}`. */
export const parametersOf = (namespace: string): string[] =>
  [...namespace.matchAll(PARAMETER)].map(([, name = '']) => name)

/** Returns a string that is equal for two keys that match the same namespaces. */
export const shapeOf = (namespace: string): string => namespace.replaceAll(PARAMETER, '{}')

/** Returns the reason why a key that begins with a slash cannot name a namespace, or `undefined` if it can. */
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

/** Returns the reason why a key can name neither an event nor a group, or `undefined` if it can. */
export const describeKeyProblem = (key: string): string | undefined => {
  if (key === '') return 'the name is empty; give the event a name'
  if (RESERVED_EVENTS.has(key)) return `"${key}" is reserved by Socket.IO; choose another name`
  if (RESERVED_KEYS.has(key))
    return `"${key}" is a property that JavaScript itself reads, so a client can't call it; choose another name`
  return undefined
}

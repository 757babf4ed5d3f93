import { isRouter } from '../contract/is-router.js'
import { isPlainObject, kindOf, throwDefinitionError, assertKnownKeys } from '../definition-error.js'
import type { AttachOptions } from './options.js'
import { assertCap } from './validation/caps.js'
import type { Validate } from './validation/directions.js'

// The values that an option takes: a number, a boolean, one of these words, or an object that is checked elsewhere.
type Takes = 'count' | 'switch' | 'object' | readonly string[]
const TAKES: Readonly<Record<keyof AttachOptions, Takes>> = {
  ackTimeout: 'count',
  authenticateTimeout: 'count',
  timeout: 'count',
  unknownEvents: ['pass', 'answer', 'refuse'],
  undeclaredAcks: ['answer', 'refuse'],
  maxIssues: 'count',
  maxArguments: 'count',
  streamWindow: 'count',
  maxStreams: 'count',
  maxStreamBytes: 'count',
  maxDepth: 'count',
  maxNodes: 'count',
  maxNamespaceLength: 'count',
  limits: 'object',
  unknownProperties: ['keep', 'strip', 'reject'],
  validate: 'object',
  coalesceWrites: 'switch',
}
const KNOWN: ReadonlySet<string> = new Set(Object.keys(TAKES))
const DIRECTIONS: ReadonlySet<string> = new Set<keyof Validate>(['input', 'reply', 'output'])

/** Throws for invalid arguments of `attach`, before it changes the server. */
export const checkAttach = (io: unknown, api: unknown, options: unknown): void => {
  // No `instanceof`: a process may have several copies of Socket.IO.
  if (typeof Reflect.get(Object(io), 'of') !== 'function') {
    throwDefinitionError(
      'attach',
      `expected a Socket.IO server first, as in attach(new Server(http), api), got ${kindOf(io)}`,
    )
  }
  if (!isRouter(api))
    throwDefinitionError('attach', `expected a contract second, made with router({ … }), got ${kindOf(api)}`)
  if (!isPlainObject(options))
    return throwDefinitionError('attach', `expected an object of options third, got ${kindOf(options)}`)
  assertKnownKeys(options, KNOWN, 'attach')
  for (const [name, takes] of Object.entries(TAKES)) checkOption(`attach: ${name}`, takes, options[name])
  const { validate } = options
  if (isPlainObject(validate)) assertKnownKeys(validate, DIRECTIONS, 'attach: validate')
}

const checkOption = (place: string, takes: Takes, value: unknown): void => {
  if (value === undefined) return
  if (takes === 'count') assertCap(place, value)
  else if (takes === 'switch') {
    if (typeof value !== 'boolean') throwDefinitionError(place, `expected true or false, got ${kindOf(value)}`)
  } else if (takes === 'object') {
    if (!isPlainObject(value)) throwDefinitionError(place, `expected an object, got ${kindOf(value)}`)
  } else if (!takes.some(word => word === value)) {
    const got = typeof value === 'string' ? JSON.stringify(value) : kindOf(value)
    throwDefinitionError(place, `expected ${takes.map(word => JSON.stringify(word)).join(' or ')}, got ${got}`)
  }
}

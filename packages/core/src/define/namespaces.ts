import {
  isEvent,
  type EventEntry,
  type NamespaceData,
  type RouterData,
  type UncheckedEntries,
  type RouterOptions,
} from '../contract/contract.js'
import { isRouter } from '../contract/is-router.js'
import { isPlainObject, kindOf, throwDefinitionError } from '../definition-error.js'
import { ackWithin, type AckForm } from '../contract/ack.js'
import { eventsIn } from '../contract/entry.js'
import type { EventData } from '../contract/event.js'
import {
  eventName,
  isNamespace,
  describeKeyProblem,
  describeNamespaceProblem,
  shapeOf,
  STREAM_VERBS,
} from '../contract/names.js'
import { checkEvent } from './check-event.js'
import { checkHandshake } from './check-handshake.js'
import { checkParameters } from './check-parameters.js'
import type { SchemaIds } from '../schema/check-schema.js'

/**
 * Returns the namespaces of a contract with their events, the root first. @throws TypeError for a definition that
 * cannot work, with the path to it.
 */
export const namespacesOf = (entries: UncheckedEntries, options: RouterOptions): NamespaceData[] => {
  const ids: SchemaIds = new Map()
  const root = flatten('/', { entries, options }, options.acks, ids)
  const keys = Object.keys(entries).filter(isNamespace)
  assertDistinctPatterns(keys)
  return [root, ...keys.map(key => namespaceOf(key, entries[key], options.acks, ids))]
}

const namespaceOf = (key: string, value: unknown, acks: AckForm | undefined, ids: SchemaIds): NamespaceData => {
  const problem = describeNamespaceProblem(key)
  if (problem !== undefined) throwDefinitionError(key, problem)
  if (!isRouter(value)) {
    return throwDefinitionError(
      key,
      `a key with a slash names a namespace; expected router({ … }), got ${kindOf(value)}`,
    )
  }
  const { entries, options } = value['~router']
  const inner = Object.keys(entries).find(isNamespace)
  if (inner !== undefined)
    throwDefinitionError(
      `${key}.${inner}`,
      'a namespace must be at the top of the contract, not inside another; move it up',
    )
  return flatten(key, { entries, options }, options.acks ?? acks, ids)
}

/** Throws for two patterns that match the same namespaces, since the second would never be reached. */
const assertDistinctPatterns = (keys: readonly string[]): void => {
  const shapes = new Map<string, string>()
  for (const key of keys) {
    const shape = shapeOf(key)
    const twin = shapes.get(shape)
    if (twin !== undefined) throwDefinitionError(key, `it matches the same namespaces as ${twin}; merge them`)
    shapes.set(shape, key)
  }
}

const flatten = (
  name: string,
  { entries, options }: Pick<RouterData, 'entries' | 'options'>,
  acks: AckForm | undefined,
  ids: SchemaIds,
): NamespaceData => {
  const root = name === '/' ? [] : [name]
  checkHandshake(options, root.join(''), ids)
  if (options.params !== undefined) checkParameters(options.params, name, ids)
  const events = new Map<string, EventEntry>()

  const walk = (inside: unknown, keys: readonly string[], groups: readonly RouterOptions[]): void => {
    for (const [key, value] of entriesOf(inside, [...root, ...keys].join('.') || 'router')) {
      const path = [...root, ...keys, key].join('.') || '""'
      if (isNamespace(key)) {
        if (keys.length === 0) continue
        throwDefinitionError(path, 'a namespace must be at the top of the contract, not inside a group; move it up')
      }
      const problem = describeKeyProblem(key)
      if (problem !== undefined) throwDefinitionError(path, problem)

      if (isRouter(value)) {
        const group = value['~router']
        if (group.options.auth !== undefined) {
          throwDefinitionError(
            path,
            'auth applies to a namespace, and this is a group; begin its key with a slash, or move auth up',
          )
        }
        if (group.options.errors !== undefined) {
          throwDefinitionError(
            path,
            'errors refuse a handshake, which a group has not; begin its key with a slash, or move errors up',
          )
        }
        if (group.options.params !== undefined) {
          throwDefinitionError(
            path,
            'params belong to a namespace, and this is a group; begin its key with a slash and add parameters',
          )
        }
        walk(group.entries, [...keys, key], [...groups, group.options])
      } else if (isEvent(value)) {
        const place = { path, keys: [...keys, key], groups, namespace: options, acks }
        for (const data of eventsIn(value)) add(events, entryOf(data, place), ids)
      } else {
        throwDefinitionError(path, `expected event.input(…), event.output(…) or router({ … }), got ${kindOf(value)}`)
      }
    }
  }
  walk(entries, [], [])
  assertStreamNamesAreFree(events)
  return Object.freeze({ name, options, events: Object.freeze([...events.values()]) })
}

/** Throws for an input with the name of an event by which a stream is read. */
const assertStreamNamesAreFree = (events: ReadonlyMap<string, EventEntry>): void => {
  for (const { name, path, stream } of events.values()) {
    if (stream === undefined) continue
    for (const verb of STREAM_VERBS) {
      const other = events.get(`input ${eventName(name, verb)}`)
      if (other !== undefined)
        throwDefinitionError(
          other.path,
          `"${other.name}" is the event by which clients read the stream ${path}; rename one`,
        )
    }
  }
}

/** The position of an event in the contract. */
interface EventPlace extends Pick<EventEntry, 'path' | 'keys' | 'groups'> {
  readonly namespace: RouterOptions
  /** The form of the namespace's acks. */
  readonly acks: AckForm | undefined
}

const entryOf = (data: EventData, { path, keys, groups, namespace, acks }: EventPlace): EventEntry => {
  const declared = [namespace, ...groups].reduce<boolean | undefined>(
    (outer, { traceContext }) => traceContext ?? outer,
    undefined,
  )
  const hasTraceContext = data.direction === 'input' && declared === true
  const name = eventName(keys.slice(0, -1).join(':'), keys[keys.length - 1] ?? '')
  const place = { name, path, keys: Object.freeze(keys), groups: Object.freeze(groups), hasTraceContext }
  const form = groups.reduce<AckForm | undefined>((outer, group) => group.acks ?? outer, acks)
  // Not `{ ...data, name, … }`: V8 is slow to add properties to a spread copy.
  return Object.freeze(
    Object.assign(place, data, { ack: ackWithin(data.ack, data.stream === undefined ? form : undefined) }),
  )
}

const add = (events: Map<string, EventEntry>, entry: EventEntry, ids: SchemaIds): void => {
  const wire = `${entry.direction} ${entry.name}`
  const other = events.get(wire)
  if (other !== undefined) {
    throwDefinitionError(
      entry.path,
      `the event on the wire would be "${entry.name}", which is the name of ${other.path} already; rename one`,
    )
  }
  checkEvent(entry, ids)
  events.set(wire, entry)
}

const entriesOf = (entries: unknown, path: string): [string, unknown][] => {
  if (!isPlainObject(entries) || isEvent(entries) || isRouter(entries))
    return throwDefinitionError(path, `expected an object literal of events and routers, got ${kindOf(entries)}`)
  return Object.entries(entries)
}

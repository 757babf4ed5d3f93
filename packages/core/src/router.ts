import type { Static, TSchema, TUnknown } from '@sinclair/typebox'
import { isStandardCode } from './codes.js'
import { isPlainObject, kindOf, refuse } from './definition.js'
import type { ExternalDocs, Security, Tag } from './description.js'
import type { Event, EventData } from './event.js'
import { eventName, isNamespace, refuseKey, refuseNamespace } from './names.js'
import { checkSchema, hasEnvelope, refuseNothing, type SchemaIds } from './schema.js'

/** What a router is made of: events, groups (nested routers) and, by keys that begin with a slash, namespaces. */
export interface RouterEntries {
  readonly [key: string]: Event | Router
}

/** What holds for a namespace. A group can have `description` and `tags`, which hold for its events. */
export interface RouterOptions<Auth extends TSchema = TSchema> {
  /** The schema of the handshake's `auth` payload. */
  readonly auth?: Auth
  readonly description?: string
  readonly tags?: readonly Tag[]
  readonly externalDocs?: ExternalDocs
  readonly security?: Security
}

/** The types of a router. */
export interface RouterTypes {
  readonly entries: RouterEntries
  readonly auth: unknown
}

/** One event with its place: a row of a namespace's table. */
export interface EventEntry extends EventData {
  /** Its name on the wire, such as `todo:create`. */
  readonly name: string
  /** The keys that lead to it from its namespace, such as `['todo', 'create']`. */
  readonly keys: readonly string[]
  /** The groups it stands in, outermost first. */
  readonly groups: readonly RouterOptions[]
}

/** One namespace with its events, flat. */
export interface NamespaceData {
  /** `/`, `/admin` or a pattern such as `/game-{id}`. */
  readonly name: string
  readonly options: RouterOptions
  readonly events: readonly EventEntry[]
}

/** A router as data. */
export interface RouterData {
  readonly entries: RouterEntries
  readonly options: RouterOptions
  /** The root first, then the others as declared. */
  readonly namespaces: readonly NamespaceData[]
}

/** A contract, or a part of one. */
export interface Router<Types extends RouterTypes = RouterTypes> {
  readonly '~router': RouterData
  /** Types only, never a value. */
  readonly '~types'?: Types
}

/**
 * Makes a contract from events, groups and namespaces. It is frozen data: it opens no connection and holds no handler, so
 * that the server, a browser and a test import the same file.
 *
 * @throws TypeError for a definition that can't work, with the path to the entry.
 * @example
 * const api = router({ ping: event.input().ack(), todo: router({ create: event.input(Type.String()).ack(Type.Integer()) }) })
 */
export const router = <const Entries extends RouterEntries, Auth extends TSchema = TUnknown>(
  entries: Entries,
  options: RouterOptions<Auth> = {},
): Router<{ readonly entries: Entries; readonly auth: Static<Auth> }> => {
  const data: RouterData = {
    entries: Object.freeze({ ...entries }),
    options: Object.freeze({ ...options }),
    namespaces: Object.freeze(collect(entries, options)),
  }
  return Object.freeze({ '~router': Object.freeze(data) })
}

const isRouter = (value: unknown): value is Router => isPlainObject(value) && '~router' in value
const isEvent = (value: unknown): value is Event => isPlainObject(value) && '~event' in value

const collect = (entries: RouterEntries, options: RouterOptions): NamespaceData[] => {
  const ids: SchemaIds = new Map()
  const root = flatten('/', entries, options, ids)
  const others = Object.entries(entries).filter(([key]) => isNamespace(key))
  return [root, ...others.map(([key, value]) => namespaceOf(key, value, ids))]
}

const namespaceOf = (key: string, value: unknown, ids: SchemaIds): NamespaceData => {
  const problem = refuseNamespace(key)
  if (problem !== undefined) refuse(key, problem)
  if (!isRouter(value))
    return refuse(
      key,
      `a key that begins with a slash names a namespace; expected router({ … }), came ${kindOf(value)}`,
    )
  const { entries, options } = value['~router']
  for (const inner of Object.keys(entries)) {
    if (isNamespace(inner))
      refuse(`${key}.${inner}`, 'a namespace stands at the top of the contract, not inside another')
  }
  return flatten(key, entries, options, ids)
}

const flatten = (name: string, entries: RouterEntries, options: RouterOptions, ids: SchemaIds): NamespaceData => {
  const at = name === '/' ? '' : name
  if (options.auth !== undefined) checkSchema(options.auth, `${name} auth`, ids)
  const events: EventEntry[] = []
  const taken = new Map<string, string>()

  const walk = (inside: RouterEntries, keys: readonly string[], groups: readonly RouterOptions[]): void => {
    for (const [key, value] of entriesOf(inside, [at, ...keys].filter(Boolean).join('.') || 'router')) {
      if (isNamespace(key) && keys.length === 0 && at === '') continue
      const path = [at, ...keys, key].filter(Boolean).join('.')
      if (isNamespace(key)) refuse(path, 'a namespace stands at the top of the contract, not inside a group')
      const problem = refuseKey(key)
      if (problem !== undefined) refuse(path, problem)

      if (isRouter(value)) {
        const group = value['~router']
        if (group.options.auth !== undefined)
          refuse(path, 'auth holds for a namespace, and this is a group; give its key a slash, or move auth up')
        walk(group.entries, [...keys, key], [...groups, group.options])
      } else if (isEvent(value)) {
        const entry: EventEntry = Object.freeze({
          ...value['~event'],
          name: eventName(keys.join(':'), key),
          keys: [...keys, key],
          groups,
        })
        const other = taken.get(`${entry.direction} ${entry.name}`)
        if (other !== undefined)
          refuse(path, `the event on the wire would be "${entry.name}", which ${other} is already; rename one`)
        taken.set(`${entry.direction} ${entry.name}`, path)
        checkEvent(entry, path, ids)
        events.push(entry)
      } else {
        refuse(path, `expected event.input(…), event.output(…) or router({ … }), came ${kindOf(value)}`)
      }
    }
  }
  walk(entries, [], [])
  return Object.freeze({ name, options, events: Object.freeze(events) })
}

const entriesOf = (entries: unknown, path: string): [string, unknown][] =>
  isPlainObject(entries)
    ? Object.entries(entries)
    : refuse(path, `expected an object of events and routers, came ${kindOf(entries)}`)

const checkEvent = (entry: EventEntry, path: string, ids: SchemaIds): void => {
  const { args, ack, errors, direction } = entry
  for (const [index, schema] of args.entries()) {
    checkSchema(schema, `${path} ${direction}[${index}]`, ids)
    refuseNothing(schema, `${path} ${direction}[${index}]`, 'leave the argument out')
  }
  if (ack?.schema !== undefined) {
    checkSchema(ack.schema, `${path} ack`, ids)
    refuseNothing(ack.schema, `${path} ack`, 'write .ack() for an answer without a value')
    if (hasEnvelope(ack.schema))
      refuse(`${path} ack`, 'a reply can\'t have a property "$error", which marks a failure on the wire; rename it')
  }
  for (const [code, schema] of Object.entries(errors)) {
    if (isStandardCode(code))
      refuse(`${path} errors`, `${code} is a standard code that every event can fail with; choose another`)
    checkSchema(schema, `${path} errors.${code}`, ids)
  }
  if (ack === undefined && Object.keys(errors).length > 0)
    refuse(`${path} errors`, 'errors travel in the ack, and this event has none; add .ack()')
}

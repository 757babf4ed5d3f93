import { pascal } from '../names.js'
import type { ApiNamespace } from '../reading/api.js'
import { canonical, type Json } from '../reading/json.js'
import { call, type Code, literal, object } from './code.js'
import { entriesOf } from './entries.js'
import { eventCode, securityOf } from './event.js'
import type { Writer } from './place.js'

/** A namespace as a contract defines it, with `inner` namespaces after its own entries. */
export const namespaceCode = (
  namespace: ApiNamespace,
  document: Json,
  writer: Writer,
  inner: readonly (readonly [string, Code])[] = [],
): Code => {
  const { name, auth, description, tags, externalDocs, events } = namespace
  const place = { path: name, titles: authTitles(name), within: new Map() }
  const note = (text: string): void => writer.note(place, text)
  noteOthers(namespace, note)
  const shared = sharedSecurity(namespace)
  const own = shared
    ? { ...namespace, events: events.map(event => Object.assign({}, event, { security: undefined })) }
    : namespace
  const { entries, notes } = entriesOf(own.events, event => eventCode(event, own, document, writer))
  for (const text of notes) note(text)
  const security = shared ? securityOf(events[0]?.security, place, writer) : undefined
  const options: readonly (readonly [string, Code])[] = [
    ...(auth === undefined ? [] : [['auth', writer.write(auth, { ...place, path: `${name} auth` })] as const]),
    ...Object.entries({
      description,
      tags: tags.length === 0 ? undefined : tags.map(tag => (Object.keys(tag).length === 1 ? tag['name'] : tag)),
      externalDocs,
      security,
    })
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, literal(value)] as const),
  ]
  const body = object([...entries, ...inner], true)
  return call('router', body, ...(options.length === 0 ? [] : [object(options)]))
}

const authTitles = (name: string): readonly string[] => ['HandshakeAuth', `${pascal(name)}HandshakeAuth`]

/** Whether all events let in by the same: then it stands once. */
const sharedSecurity = ({ events }: ApiNamespace): boolean => {
  const [first, ...others] = events
  return (
    first?.security !== undefined &&
    others.length > 0 &&
    others.every(({ security }) => canonical(security) === canonical(first.security))
  )
}

const noteOthers = (
  { name, query, headers, parameters, other, events }: ApiNamespace,
  note: (text: string) => void,
): void => {
  if (query !== undefined) note("the handshake's query is left out")
  if (headers !== undefined) note("the handshake's headers are left out")
  for (const [parameter, said] of parameters) {
    if (Object.keys(said).length > 0)
      note(`what is said of its parameter {${parameter}} is left out: ${Object.keys(said).join(', ')}`)
    if (!name.includes(`{${parameter}}`)) note(`its parameter {${parameter}} is not in its name, and is left out`)
  }
  for (const key of Object.keys(other)) note(`${key} is left out`)
  for (const event of events) {
    for (const key of Object.keys(event.other)) note(`${event.name}: ${key} is left out`)
  }
}

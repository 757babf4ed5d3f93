import { pascal } from '../asyncapi/identifiers.js'
import type { ApiEvent, ApiNamespace } from '../parse/model.js'
import { parameterSchema } from '../parse/parameter.js'
import { canonical, type Json } from '../parse/json.js'
import { hasBinary } from './binary.js'
import { call, type Code, literal, object } from './code.js'
import { entriesOf } from './entries.js'
import { eventCode, extensionsOf, securityOf } from './event.js'
import { limitsIn } from './limit.js'
import { isText } from './text.js'
import type { Place, Writer } from './place.js'

/** Returns the code of a namespace, with `inner` namespaces after its own entries. */
export const namespaceCode = (
  namespace: ApiNamespace,
  document: Json,
  writer: Writer,
  inner: readonly (readonly [string, Code])[] = [],
): Code => {
  const { name, description, tags, externalDocs, events } = namespace
  const place = { path: name, titles: authTitles(name), within: new Map() }
  const note = (text: string): void => writer.note(place, text)
  noteOthers(namespace, note)
  const auth = hasBinary(namespace.auth, document) ? undefined : namespace.auth
  if (auth !== namespace.auth) note('auth is left out, because it has binary data, which no handshake carries')
  const shared = sharedSecurity(namespace)
  const own = shared
    ? { ...namespace, events: events.map(event => Object.assign({}, event, { security: undefined })) }
    : namespace
  const limits = new Map(
    Object.entries(namespace.groupLimits).flatMap(([group, limit]) =>
      limitsIn(limit, `${name} ${group}`, writer).map(code => [group, code] as const),
    ),
  )
  const { entries, notes } = entriesOf(
    own.events,
    event => writer.count(eventCode(event, own, document, writer)),
    limits,
  )
  for (const text of notes) note(text)
  const inputs = events.filter(({ direction }) => direction === 'input')
  const takes = ({ hasTraceContext }: ApiEvent): boolean => hasTraceContext
  if (!inputs.every(takes)) {
    for (const { name } of inputs.filter(takes))
      note(
        `${name}: its trace context is left out because not all inputs of the namespace accept it; move those that do to a group`,
      )
  }
  const security = shared ? securityOf(events[0]?.security, place, writer) : undefined
  const options: readonly (readonly [string, Code])[] = [
    ...paramsOf(namespace, document, writer),
    ...(auth === undefined ? [] : [['auth', writer.write(auth, { ...place, path: `${name} auth` })] as const]),
    ...errorsOf(namespace, document, place, writer),
    ...limitsIn(namespace.limit, name, writer).map(code => ['limit', code] as const),
    ...Object.entries({
      traceContext: inputs.length > 0 && inputs.every(takes) ? true : undefined,
      description,
      tags: tags.length === 0 ? undefined : tags.map(tag => (Object.keys(tag).length === 1 ? tag['name'] : tag)),
      externalDocs,
      security,
      ...extensionsOf(namespace.other),
    })
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, literal(value)] as const),
  ]
  const body = object([...entries, ...inner], true)
  return call('router', body, ...(options.length === 0 ? [] : [object(options)]))
}

/** Returns the code of the errors with which a handshake can be refused. */
const errorsOf = (
  { name, errors }: ApiNamespace,
  document: Json,
  place: Place,
  writer: Writer,
): readonly (readonly [string, Code])[] => {
  const codes = [...errors].map(([code, data]) => {
    if (hasBinary(data, document)) {
      writer.note(place, `errors.${code}: its data is left out, because it is binary, which no handshake carries`)
      return [code, call('Type.Unknown')] as const
    }
    const suffix = pascal(`Handshake errors ${code.toLowerCase()}`)
    const titles = [suffix, pascal(name) + suffix]
    const written = () => writer.write(data, { ...place, path: `${name} errors.${code}`, titles })
    return [code, data === undefined ? call('Type.Void') : written()] as const
  })
  return codes.length === 0 ? [] : [['errors', object(codes)]]
}

const authTitles = (name: string): readonly string[] => ['HandshakeAuth', `${pascal(name)}HandshakeAuth`]

/** Returns true if all events have the same security, which is then written once. */
const sharedSecurity = ({ events }: ApiNamespace): boolean => {
  const [first, ...others] = events
  return (
    first?.security !== undefined &&
    others.length > 0 &&
    others.every(({ security }) => canonical(security) === canonical(first.security))
  )
}

/** Returns true for a property that a contract can't express; extensions are copied. */
const isUnsaid = (key: string): boolean => !key.startsWith('x-')

/** Returns the code of the documented parameters. */
const paramsOf = (
  { name, parameters }: ApiNamespace,
  document: Json,
  writer: Writer,
): readonly (readonly [string, Code])[] => {
  const said = [...parameters].filter(
    ([parameter, words]) => Object.keys(words).length > 0 && name.includes(`{${parameter}}`),
  )
  if (said.length === 0) return []
  const entries = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => {
    const words = parameters.get(parameter) ?? {}
    const place = {
      path: `${name} params.${parameter}`,
      titles: [`${pascal(name)}Param${pascal(parameter)}`],
      within: new Map(),
    }
    if ('location' in words) writer.note(place, 'its location is left out')
    const schema = parameterSchema(words)
    if (isText(schema, document)) return [parameter, writer.write(schema, place)] as const
    writer.note(place, 'a parameter is a string; its schema is written as Type.String()')
    const { description, title } = schema
    const said = Object.entries({ description, title }).filter(([, value]) => typeof value === 'string')
    return [parameter, writer.write({ type: 'string', ...Object.fromEntries(said) }, place)] as const
  })
  return [['params', call('Type.Object', object(entries))]]
}

const noteOthers = ({ name, parameters, other, events }: ApiNamespace, note: (text: string) => void): void => {
  for (const parameter of parameters.keys()) {
    if (!name.includes(`{${parameter}}`)) note(`its parameter {${parameter}} is not in its name, and is left out`)
  }
  for (const key of Object.keys(other).filter(isUnsaid)) note(`${key} is left out`)
  for (const event of events) {
    for (const key of Object.keys(event.other).filter(isUnsaid)) note(`${event.name}: ${key} is left out`)
  }
}

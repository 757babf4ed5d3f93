import { router } from '@ackwire/core'
import { document } from '../document/document.js'
import type { Api, ApiNamespace } from '../parse/model.js'
import { canonical, isSame, type Json, jsonOf, listOf, textOf } from '../parse/json.js'
import { extensionsOf } from './event.js'
import { FILES, nameOf, resolved, sectionIn, UNREAD } from '../parse/reference.js'
import { readTags, without } from '../parse/metadata.js'

/** Returns the properties of a document that a contract can't hold, as rendering options. What they can't hold is noted. */
export const settingsOf = (api: Api, root: ApiNamespace | undefined, note: (text: string) => void): Json => {
  const { id } = api.document
  const schemes = Object.fromEntries(accepted(api.securitySchemes, 'securitySchemes', {}, note))
  const servers = new Map([...api.servers].map(([name, server]) => [name, serverOf(name, server, api, note)]))
  const known = accepted(servers, 'servers', { securitySchemes: schemes }, note)
  const info = new Map(Object.entries(infoOf(api, root)))
  const extensions = new Map(Object.entries(extensionsOf(without(api.document, ['x-socketio', FILES, UNREAD]))))
  return {
    ...Object.fromEntries(accepted(new Map(id === undefined ? [] : [['id', id]]), '', {}, note)),
    info: Object.fromEntries(accepted(info, 'info', {}, note)),
    ...(known.length === 0 ? {} : { servers: Object.fromEntries(known) }),
    ...(Object.keys(schemes).length === 0 ? {} : { securitySchemes: schemes }),
    ...Object.fromEntries(accepted(extensions, '', {}, note)),
  }
}

/** Returns the entries of an option that a rendering accepts, and notes the others. */
const accepted = (
  entries: ReadonlyMap<string, unknown>,
  option: string,
  others: Json,
  note: (text: string) => void,
): readonly (readonly [string, unknown])[] =>
  [...entries].filter(([key, value]) => {
    const options = option === '' ? { [key]: value } : { [option]: { [key]: value } }
    try {
      Reflect.apply(document, undefined, [router({}), { ...others, ...options }])
      return true
    } catch (error) {
      const said = error instanceof Error ? error.message.replace(/^ackwire: /, '') : String(error)
      note(`${option === '' ? key : `${option}.${key}`}: is left out: ${said}`)
      return false
    }
  })

/** Returns the document's `info`, except what a rendering takes from the contract. */
const infoOf = ({ info, namespaces, document: content }: Api, root: ApiNamespace | undefined): Json => {
  const used = namespaces.flatMap(({ tags, events }) => [...tags, ...events.flatMap(event => event.said.tags)])
  const derived = new Set(used.map(canonical))
  const fallback = document(router({})).info.description
  const isDerived = (key: string, value: unknown): boolean => {
    if (key === 'tags') return readTags(content, value).every(tag => derived.has(canonical(tag)))
    if (key === 'description') return value === fallback || textOf(value)?.trim() === root?.description
    return key === 'externalDocs' && isSame(value, root?.externalDocs)
  }
  return Object.fromEntries(Object.entries(info).filter(([key, value]) => !isDerived(key, value)))
}

const KNOWN = new Set([
  'host',
  'pathname',
  'protocol',
  'protocolVersion',
  'title',
  'description',
  'tags',
  'security',
  'scheme',
  'variables',
  'externalDocs',
  'x-socketio',
])

/** Returns true if the transports are those that a rendering writes by default. */
const isDefault = (transports: unknown): boolean =>
  !Array.isArray(transports) || isSame([...transports].sort(), ['polling', 'websocket'])

const serverOf = (name: string, server: Json, { document: content }: Api, note: (text: string) => void): Json => {
  const { host, pathname, protocol, protocolVersion, scheme, title, description, tags, security } = server
  const variables = variablesOf(content, server)
  const { externalDocs, 'x-socketio': extension } = server
  const { transports } = jsonOf(extension)
  const left = Object.keys(server).filter(key => !KNOWN.has(key) && !key.startsWith('x-'))
  if (left.length > 0) note(`servers.${name}: ${left.join(', ')} is left out`)
  const isSecure = textOf(scheme)?.endsWith('s') === true || ['wss', 'https'].includes(String(protocol))
  const path = textOf(pathname)
  if (protocol !== undefined && !/^(?:ws|http)s?$/.test(String(protocol)))
    note(`servers.${name}: protocol ${String(protocol)} becomes ${isSecure ? 'wss' : 'ws'}`)
  if (protocolVersion !== undefined) note(`servers.${name}: protocolVersion ${String(protocolVersion)} is left out`)
  const names = listOf(security).map(each => nameOf(each) ?? Object.keys(Object(each))[0])
  const known = {
    host,
    ...(isSecure ? { protocol: 'wss' } : {}),
    ...(path === undefined || path.replaceAll('/', '') === 'socket.io' ? {} : { pathname: path }),
    title,
    description,
    variables,
    externalDocs: externalDocs === undefined ? undefined : resolved(content, externalDocs),
    ...extensionsOf(without(server, ['x-socketio'])),
    transports: isDefault(transports) ? undefined : transports,
    tags:
      tags === undefined
        ? undefined
        : readTags(content, tags).map(tag => (Object.keys(tag).length === 1 ? tag['name'] : tag)),
    security: names.length === 0 ? undefined : names,
  }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
}

/** Returns the variables of a server's address, each by itself. */
const variablesOf = (content: Json, server: Json): Json | undefined => {
  const variables = Object.entries(sectionIn(content, server, 'variables'))
  if (variables.length === 0) return undefined
  return Object.fromEntries(variables.map(([name, variable]) => [name, resolved(content, variable)]))
}

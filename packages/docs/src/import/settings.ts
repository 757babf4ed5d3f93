import { router } from '@ackwire/core'
import { document } from '../document/document.js'
import type { Api, ApiNamespace } from '../parse/model.js'
import { canonical, isSame, type Json, jsonOf, listOf, textOf } from '../parse/json.js'
import { extensionsOf } from './event.js'
import { nameOf } from '../parse/reference.js'
import { readTags, without } from '../parse/metadata.js'

/** Returns the properties of a document that a contract can't hold, as rendering options. */
export const settingsOf = (api: Api, root: ApiNamespace | undefined, note: (text: string) => void): Json => {
  const servers = [...api.servers].map(([name, server]) => [name, serverOf(name, server, note)] as const)
  const schemes = [...api.securitySchemes]
  return {
    ...(typeof api.document['id'] === 'string' ? { id: api.document['id'] } : {}),
    info: infoOf(api, root),
    ...(servers.length === 0 ? {} : { servers: Object.fromEntries(servers) }),
    ...(schemes.length === 0 ? {} : { securitySchemes: Object.fromEntries(schemes) }),
    ...extensionsOf(without(api.document, ['x-socketio'])),
  }
}

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
  'x-socketio',
])

/** Returns true if the transports are those that a rendering writes by default. */
const isDefault = (transports: unknown): boolean =>
  !Array.isArray(transports) || isSame([...transports].sort(), ['polling', 'websocket'])

const serverOf = (name: string, server: Json, note: (text: string) => void): Json => {
  const { host, pathname, protocol, scheme, title, description, tags, security, variables } = server
  const { transports } = jsonOf(server['x-socketio'])
  const left = Object.keys(server).filter(key => !KNOWN.has(key) && !key.startsWith('x-'))
  if (left.length > 0) note(`servers.${name}: ${left.join(', ')} is left out`)
  const isSecure = textOf(scheme)?.endsWith('s') === true || ['wss', 'https'].includes(String(protocol))
  const path = textOf(pathname)
  const names = listOf(security).map(each => nameOf(each) ?? Object.keys(Object(each))[0])
  const known = {
    host,
    ...(isSecure ? { protocol: 'wss' } : {}),
    ...(path === undefined || path.replaceAll('/', '') === 'socket.io' ? {} : { pathname: path }),
    title,
    description,
    variables,
    ...extensionsOf(without(server, ['x-socketio'])),
    transports: isDefault(transports) ? undefined : transports,
    tags:
      tags === undefined
        ? undefined
        : readTags({}, tags).map(tag => (Object.keys(tag).length === 1 ? tag['name'] : tag)),
    security: names.length === 0 ? undefined : names,
  }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
}

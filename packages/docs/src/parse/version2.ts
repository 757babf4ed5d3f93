import type { ApiEvent, ApiNamespace, Requirement } from './model.js'
import {
  alternatives,
  type Answers,
  NO_ANSWERS,
  readAnswers,
  readErrorFirst,
  readStream,
  takesErrorFirst,
} from './answer.js'
import { NO_ARGUMENTS, readArguments, takesTraceContext } from './arguments.js'
import { isJson, type Json, jsonOf, listOf, textOf } from './json.js'
import { isClients, isOurs, limitIn, readNamespace } from './namespace.js'
import { isUnspecified, MESSAGE, payloadOf } from './payload.js'
import { nameOf, resolved } from './reference.js'
import { readSaid, readSecurity, without } from './metadata.js'

/** The names that Python projects document as events, but that Socket.IO reserves. */
const LIFECYCLE: ReadonlySet<string> = new Set(['connect', 'disconnect'])

/**
 * Reads the namespaces of an AsyncAPI 2 document: clients emit the events under `publish`, the server those under `subscribe`.
 */
export const readVersion2 = (document: Json, note: (text: string) => void): readonly ApiNamespace[] => {
  const isFlipped = isClients(document)
  return Object.entries(jsonOf(document['channels'])).map(([address, value]) => {
    const channel = resolved(document, value)
    const read = (key: 'publish' | 'subscribe'): readonly ApiEvent[] => {
      const operation = resolved(document, channel[key])
      const direction = (key === 'publish') === isFlipped ? 'output' : 'input'
      const said = ['summary', 'description', 'tags', 'externalDocs', 'bindings'].filter(
        part => operation[part] !== undefined,
      )
      if (said.length > 0 && !isOurs(document))
        note(`${address} ${key}: ${said.join(', ')} of all its events is left out`)
      const security = readSecurity(document, operation['security'])
      return messagesOf(document, operation)
        .filter(({ name, message }) => !LIFECYCLE.has(name) || skip(document, name, message, note))
        .map(({ name, message }) => readEvent(document, { name, message, direction, security, note }))
    }
    const events = [...read('publish'), ...read('subscribe')]
    return readNamespace(document, { address, channel, events, handshake: handshakeOf(document, channel) })
  })
}

const messagesOf = (document: Json, operation: Json): readonly { name: string; message: Json }[] => {
  const given = operation['message']
  const members = isJson(given) && Array.isArray(given['oneOf']) ? given['oneOf'] : given === undefined ? [] : [given]
  return members.map(member => {
    const message = resolved(document, member)
    const name =
      textOf(message['name']) ?? textOf(message['messageId']) ?? nameOf(member) ?? textOf(operation['operationId'])
    return { name: name ?? 'message', message }
  })
}

const skip = (document: Json, name: string, message: Json, note: (text: string) => void): false => {
  const { payload } = message
  const isCarried = name === 'connect' && payload !== undefined && !isUnspecified(document, payload)
  note(
    `${name}: a Socket.IO event, which a contract does not declare${isCarried ? "; its payload became the namespace's auth" : '; listen to it with server.on'}`,
  )
  return false
}

/** Returns the handshake's `auth`, which Python projects document as the payload of `connect`. */
const handshakeOf = (document: Json, channel: Json): unknown => {
  const found = messagesOf(document, resolved(document, channel['publish'])).find(({ name }) => name === 'connect')
  const payload = found?.message['payload']
  return isUnspecified(document, payload) ? undefined : payload
}

interface Read {
  readonly name: string
  readonly message: Json
  readonly direction: 'input' | 'output'
  readonly security: readonly Requirement[] | undefined
  readonly note: (text: string) => void
}

const readEvent = (document: Json, { name, message, direction, security, note }: Read): ApiEvent => {
  const { payload, note: problem } = payloadOf(document, message)
  if (problem !== undefined) note(`${name}: ${problem}`)
  const extension = jsonOf(message['x-socketio'])
  const isOpen = payload === undefined ? !isOurs(document) : isUnspecified(document, payload)
  const answers = readStream(document, extension, answersOf(document, name, message, note))
  return {
    name,
    direction,
    args: isOpen
      ? undefined
      : payload === undefined
        ? NO_ARGUMENTS
        : readArguments(document, message, payload, 'marked'),
    hasTraceContext: takesTraceContext(message),
    ack: answers.ack,
    errorFirst: answers.errorFirst,
    isAckRequired: extension['ackRequired'] === true,
    stream: answers.stream,
    errors: answers.errors,
    limit: limitIn(message),
    said: readSaid(document, [message]),
    // If events differ, our documents have the security of each; the channel's covers them all.
    security: 'security' in extension ? readSecurity(document, extension['security']) : security,
    other: without(message, MESSAGE),
  }
}

const answersOf = (document: Json, name: string, message: Json, note: (text: string) => void): Answers => {
  const ack = message['x-ack']
  const isReceipt = jsonOf(message['x-socketio'])['ack'] === true
  if (ack === undefined || ack === null) return isReceipt ? { ...NO_ANSWERS, ack: { schema: undefined } } : NO_ANSWERS
  if (isUnspecified(document, ack)) {
    note(`${name}: the acknowledgement has no schema, so none is declared; add .ack(…) if there is one`)
    return NO_ANSWERS
  }
  if (takesErrorFirst(message['x-socketio'])) return readErrorFirst(document, listOf(jsonOf(ack)['oneOf']))
  const schemas = alternatives(document, ack)
  const isEmpty = jsonOf(message['x-socketio'])['receipt'] === true
  return isEmpty
    ? { ...readAnswers(document, schemas.slice(1), 'marked'), ack: { schema: undefined } }
    : readAnswers(document, schemas, 'marked')
}

/** Converts a security scheme to version 3, in which it contains the required scopes. */
export const schemeOf = (
  name: string,
  scheme: Json,
  namespaces: readonly ApiNamespace[],
  note: (text: string) => void,
): Json => {
  const requirements = namespaces.flatMap(({ events }) => events.flatMap(({ security }) => security ?? []))
  const scopes = new Set(requirements.flatMap(requirement => requirement[name] ?? []))
  const isScoped = scheme['type'] === 'oauth2' || scheme['type'] === 'openIdConnect'
  if (scopes.size > 0 && !isScoped)
    note(`securitySchemes.${name}: its scopes are left out, since only OAuth has scopes`)
  const flows = Object.entries(jsonOf(scheme['flows'])).map(([flow, value]) => {
    const { scopes: availableScopes, ...rest } = jsonOf(value)
    return [flow, availableScopes === undefined ? rest : Object.assign(rest, { availableScopes })] as const
  })
  return {
    ...scheme,
    ...(flows.length === 0 ? {} : { flows: Object.fromEntries(flows) }),
    ...(scopes.size === 0 || !isScoped ? {} : { scopes: [...scopes] }),
  }
}

/** Converts a server to version 3. */
export const serverOf = (server: Json): Json => {
  const { url, ...other } = server
  const [, scheme, host = '', pathname = ''] =
    /^(?:([a-z][a-z\d+.-]*):\/\/)?([^/]*)(\/.*)?$/i.exec(textOf(url) ?? '') ?? []
  const variables = listOf(Object.keys(jsonOf(server['variables'])))
  return {
    ...other,
    host,
    ...(pathname === '' || pathname === '/' ? {} : { pathname }),
    ...(scheme === undefined ? {} : { scheme }),
    ...(variables.length === 0 ? {} : { variables: server['variables'] }),
  }
}

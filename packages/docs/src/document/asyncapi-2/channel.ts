import type { Reference } from '../../asyncapi/asyncapi-types.js'
import type { Action, ChannelObject, OperationObject, ParameterObject } from '../../asyncapi/channel-types.js'
import { objectOf } from '../../definition/definition-error.js'
import type { SecuritySchemes } from '../../asyncapi/security-types.js'
import { createTags } from '../../asyncapi/tags.js'
import type { Channel2Object, Operation2Object, Parameter2Object } from '../../asyncapi/asyncapi-2-types.js'
import { createRequirements } from './security.js'

/** An event of a namespace: the key of its message, and its operation in AsyncAPI 3. */
export type KeyedOperation = readonly [id: string, operation: OperationObject]

/** Groups events by namespace and by the action of the application. */
export const grouped = (
  operations: Readonly<Record<string, OperationObject>>,
): ((channel: string, action: Action) => readonly KeyedOperation[]) => {
  const groups = new Map<string, KeyedOperation[]>()
  for (const [id, operation] of Object.entries(operations)) {
    const name = `${operation.action} ${operation.channel.$ref}`
    const group = groups.get(name) ?? []
    group.push([id, operation])
    groups.set(name, group)
  }
  return (channel, action) => groups.get(`${action} #/channels/${channel}`) ?? []
}

/** Creates the channel of a namespace. All events that clients send are one operation, and all that the server sends another. */
export const createChannel = (
  key: string,
  channel: ChannelObject,
  events: Readonly<Record<Action, readonly KeyedOperation[]>>,
  schemes: SecuritySchemes,
): Channel2Object => {
  const {
    address,
    title: _,
    description,
    tags: _tags,
    externalDocs: _docs,
    parameters,
    messages: _own,
    ...rest
  } = channel
  const create = (action: Action): Operation2Object | undefined =>
    createOperation(
      `${key}_${action}`,
      `Events that the application ${action}s on \`${address}\`.`,
      events[action],
      schemes,
    )
  return {
    description,
    parameters: objectOf(
      Object.entries(parameters ?? {}).map(([name, parameter]) => [name, createParameter(parameter)]),
    ),
    // AsyncAPI 2 describes the other side: clients publish what the application receives.
    publish: create('receive'),
    subscribe: create('send'),
    ...rest,
  }
}

const createParameter = ({ description, ...words }: ParameterObject): Parameter2Object => ({
  description,
  schema: words['x-socketio']?.schema ?? { type: 'string' },
})

const createOperation = (
  operationId: string,
  summary: string,
  events: readonly KeyedOperation[],
  schemes: SecuritySchemes,
): Operation2Object | undefined => {
  const references = events.map(([id]): Reference => ({ $ref: `#/components/messages/${id}` }))
  const [first, ...others] = references
  if (first === undefined) return undefined
  return {
    operationId,
    summary,
    tags: createTags(events.flatMap(([, { tags }]) => tags ?? [])),
    security: createRequirements(allSecurity(events), schemes),
    message: others.length === 0 ? first : { oneOf: references },
  }
}

/** Returns true if all events have the same security. */
export const isSecuredAlike = (events: readonly KeyedOperation[]): boolean =>
  new Set(events.map(([, { security }]) => JSON.stringify(security))).size < 2

/** Returns every requirement that grants access to at least one of the events. */
const allSecurity = (events: readonly KeyedOperation[]): OperationObject['security'] => {
  const pointers = new Set(events.flatMap(([, { security }]) => security?.map(({ $ref }) => $ref) ?? []))
  return pointers.size === 0 ? undefined : [...pointers].map($ref => ({ $ref }))
}

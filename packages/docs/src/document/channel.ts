import type { MessageObject, Reference } from '../asyncapi/asyncapi-types.js'
import type { ChannelObject } from '../asyncapi/channel-types.js'
import { objectOf } from '../definition/definition-error.js'
import type { Channel } from './naming.js'
import { extensionsOf } from '../asyncapi/extensions.js'
import type { HandshakeSchemas } from './handshake.js'
import { groupLimitsOf } from './limits.js'
import type { EventMessages } from './message.js'
import { sharedErrorOf } from './operation.js'
import { createTags } from '../asyncapi/tags.js'

/** Creates the channel of a namespace: its address, messages and handshake. */
export const createChannel = (
  channel: Channel,
  messages: readonly EventMessages[],
  { parameters, auth, errors, bindings }: HandshakeSchemas,
  connectError: Reference | undefined,
): ChannelObject => {
  const { namespace, entries } = channel
  const { name, options } = namespace
  const own = messages.flatMap(({ event, answers }): (readonly [string, MessageObject | Reference])[] => [
    event,
    ...answers,
  ])
  const shared = [...new Set(entries.flatMap(entry => sharedErrorOf(entry) ?? []))].map(
    key => [key, { $ref: `#/components/messages/${key}` }] as const,
  )
  return {
    address: name,
    title: `Namespace ${name}`,
    description: options.description,
    tags: createTags(options.tags ?? []),
    externalDocs: options.externalDocs,
    parameters,
    messages: objectOf([...own, ...shared]) ?? {},
    bindings,
    'x-socketio': {
      namespace: name,
      auth,
      connectError: auth || errors ? connectError : undefined,
      errors,
      limit: options.limit,
      groupLimits: groupLimitsOf(channel),
    },
    ...extensionsOf(options, name),
  }
}

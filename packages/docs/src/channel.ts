import type { ChannelObject, MessageObject, Reference, Schema } from './asyncapi.js'
import { objectOf } from './definition.js'
import type { Channel } from './entry.js'
import type { EventMessages } from './message.js'
import { SHARED_ERROR } from './operation.js'
import type { Registry } from './registry.js'
import { createPlace } from './schema/place.js'
import { pascal } from './names.js'
import { createTags } from './tags.js'

/** One namespace: its address, its messages, and what its handshake takes. */
export const createChannel = (
  { namespace, entries }: Channel,
  messages: readonly EventMessages[],
  auth: Schema | undefined,
  connectError: Reference | undefined,
): ChannelObject => {
  const { name, options } = namespace
  const isAnswered = entries.some(({ event }) => event.direction === 'input' && event.ack !== undefined)
  const own = messages.flatMap(({ event, answers }): (readonly [string, MessageObject | Reference])[] => [
    event,
    ...answers,
  ])
  const shared = [SHARED_ERROR, { $ref: `#/components/messages/${SHARED_ERROR}` }] as const
  return {
    address: name,
    title: `Namespace ${name}`,
    description: options.description,
    tags: createTags(options.tags ?? []),
    externalDocs: options.externalDocs,
    parameters: objectOf([...name.matchAll(/\{(\w+)\}/g)].map(([, word = '']) => [word, {}])),
    messages: objectOf(isAnswered ? [...own, shared] : own) ?? {},
    'x-socketio': { namespace: name, auth, connectError: auth && connectError },
  }
}

/** The schema of what a client sends in the handshake of a namespace. */
export const createAuth = ({ namespace, key }: Channel, registry: Registry): Schema | undefined => {
  const { name, options } = namespace
  const title = `${name === '/' ? '' : pascal(key)}HandshakeAuth`
  return options.auth && registry.use(options.auth, createPlace(`${name} auth`, title, false))
}

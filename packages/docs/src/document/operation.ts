import type { Reference } from '../asyncapi/asyncapi-types.js'
import type { OperationExtension, OperationObject } from '../asyncapi/channel-types.js'
import { type Entry, isAnswered, isErrorFirst } from './naming.js'
import { descriptionOf, extensionsIn, securityOf, tagsOf } from './event-metadata.js'
import { type EventMessages, titleOf } from './message.js'
import type { SecuritySchemes } from '../asyncapi/security-types.js'
import { createSecurity } from './security.js'
import { streamExtension } from './stream.js'
import { createTags } from '../asyncapi/tags.js'

/** The key of the message with the standard errors of all inputs. */
export const SHARED_ERROR = 'error'

/** The key of the message with the standard errors of all inputs whose acks are error-first. */
export const SHARED_FAILURE = 'failure'

/** Returns the key of the message with an event's standard errors; `undefined` for an output, and for an event without an answer. */
export const sharedErrorOf = (entry: Entry): string | undefined =>
  entry.event.direction === 'output' || !isAnswered(entry)
    ? undefined
    : isErrorFirst(entry)
      ? SHARED_FAILURE
      : SHARED_ERROR

/** Creates the operation of an event. Its reply has neither address nor channel, since the packet's id identifies it. */
export const createOperation = (entry: Entry, messages: EventMessages, schemes: SecuritySchemes): OperationObject => {
  const { event, action, channel } = entry
  const { summary, deprecated, externalDocs } = event.description
  const deprecatedTag = deprecated === true ? [{ name: 'deprecated' }] : []
  const refer = (key: string): Reference => ({ $ref: `#/channels/${channel}/messages/${key}` })
  return {
    action,
    channel: { $ref: `#/channels/${channel}` },
    title: titleOf(entry),
    summary,
    description: descriptionOf(entry),
    tags: createTags([...deprecatedTag, ...(tagsOf(entry) ?? [])]),
    externalDocs,
    security: createSecurity(securityOf(entry), schemes, event.path),
    messages: [refer(messages.event[0])],
    reply: isAnswered(entry) ? { messages: answersOf(entry, messages).map(refer) } : undefined,
    'x-socketio': createExtension(entry),
    'x-deprecated': deprecated === true ? true : undefined,
    ...extensionsIn(entry),
  }
}

const createExtension = (entry: Entry): OperationExtension | undefined => {
  const { limit, ack } = entry.event
  if (!isAnswered(entry)) return limit && { limit }
  const errorFirst = isErrorFirst(entry) ? true : undefined
  return { ack: true, errorFirst, ackRequired: ack?.isRequired, stream: streamExtension(entry), limit }
}

/** Returns the keys of an event's answers. Clients answer with declared errors only. */
const answersOf = (entry: Entry, { answers }: EventMessages): readonly string[] => [
  ...answers.map(([key]) => key),
  ...[sharedErrorOf(entry) ?? []].flat(),
]

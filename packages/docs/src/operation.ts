import type { OperationObject, Reference } from './asyncapi.js'
import type { Entry } from './entry.js'
import { type Extensions, extensionsOf } from './extensions.js'
import { type EventMessages, tagsOf, titleOf } from './message.js'
import { createSecurity, type SecuritySchemes } from './security.js'
import { createTags } from './tags.js'

/** The key of the message that says how any input can fail. */
export const SHARED_ERROR = 'error'

/** One event as an operation of the server. Its answer has neither address nor channel: it is found by the packet's id. */
export const createOperation = (entry: Entry, messages: EventMessages, schemes: SecuritySchemes): OperationObject => {
  const { event, around, action, channel } = entry
  const { summary, description, deprecated, externalDocs, security } = event.description
  const deprecatedTag = deprecated === true ? [{ name: 'deprecated' }] : []
  const inherited = around.findLast(options => options.security !== undefined)?.security
  const refer = (key: string): Reference => ({ $ref: `#/channels/${channel}/messages/${key}` })
  return {
    action,
    channel: { $ref: `#/channels/${channel}` },
    title: titleOf(entry),
    summary,
    description: description ?? event.groups.findLast(group => group.description !== undefined)?.description,
    tags: createTags([...deprecatedTag, ...(tagsOf(entry) ?? [])]),
    externalDocs,
    security: createSecurity(security ?? inherited, schemes, event.path),
    messages: [refer(messages.event[0])],
    reply: event.ack && { messages: answersOf(entry, messages).map(refer) },
    'x-socketio': event.ack && { ack: true },
    'x-deprecated': deprecated === true ? true : undefined,
    ...createExtensions(entry),
  }
}

/** The keys of an event's answers: a client answers with no errors but those the event declares. */
const answersOf = ({ event }: Entry, { answers }: EventMessages): readonly string[] => [
  ...answers.map(([key]) => key),
  ...(event.direction === 'input' ? [SHARED_ERROR] : []),
]

/** What others read: of its groups, then its own. */
const createExtensions = ({ event }: Entry): Extensions => ({
  ...Object.assign({}, ...event.groups.map(group => extensionsOf(group, event.path))),
  ...extensionsOf(event.description, event.path),
})

import type { MessageObject } from '../asyncapi/asyncapi-types.js'
import type { StreamExtension } from '../asyncapi/channel-types.js'
import type { Entry } from './naming.js'
import { createExample, hasBinary } from './payload.js'
import type { Registry } from './schema/registry.js'
import { createPlace } from './schema/place.js'
import type { TSchema } from '@sinclair/typebox'

/** Returns the events that read a stream after the one that opens it. */
export const streamExtension = ({ event }: Entry): StreamExtension | undefined =>
  event.stream && { next: `${event.name}:next`, stop: `${event.name}:stop`, resume: `${event.name}:resume` }

/** Creates the message of a stream's pages: its items, the means to continue, and its final value. */
export const createPage = (entry: Entry, item: TSchema, registry: Registry): MessageObject => {
  const { event, title } = entry
  const { name, path, ack } = event
  const use = (schema: TSchema, step: string, suffix: string) =>
    registry.use(schema, createPlace(`${path} ${step}`, title + suffix, false))
  const example = createExample(item, `${path} stream`)
  return {
    title: `${name} (page)`,
    summary: `A page of the stream \`${name}\`: the answer to it, to \`${name}:next\` and to \`${name}:resume\`.`,
    payload: {
      type: 'object',
      title: registry.titleFor({ name: `${title}Page`, isNamed: false }, [path, 'page']),
      description: `Items of the stream. Emit \`${name}:next\` with \`next\` to get the next page as its acknowledgement. \`${name}:stop\`, with \`next\`, ends the stream. A page without \`next\` is the last.`,
      properties: {
        items: { type: 'array', items: use(item, 'stream', 'Item') },
        next: { type: 'string', description: 'The cursor with which to ask for the next page. Absent at the end.' },
        lastEventId: {
          type: 'string',
          description: `The id of the last item, if it has one. After a reconnection, emit \`${name}:resume\` with it and then the arguments, to continue after that item.`,
        },
        ...(ack?.schema && { value: use(ack.schema, 'ack', 'Value') }),
      },
      required: ['items'],
    },
    examples: example && [{ payload: { items: [example.payload], next: 'kX3pQ0aZ9fLm.1' } }],
    'x-socketio': hasBinary(item) || hasBinary(ack?.schema) ? { binary: true } : undefined,
  }
}

import type { MessageObject, Reference, Schema } from '../../asyncapi/asyncapi-types.js'
import type { ChannelObject, OperationObject } from '../../asyncapi/channel-types.js'
import type { Message2Object, Requirement } from '../../asyncapi/asyncapi-2-types.js'

/** Returns a channel's message by a pointer to it. */
export type Find = (reference: Reference) => MessageObject | undefined

/** Creates a function that finds the messages of a channel, including those that it refers to. */
export const finder =
  (channel: ChannelObject, shared: Readonly<Record<string, MessageObject>>): Find =>
  ({ $ref }) => {
    const key = $ref.slice($ref.lastIndexOf('/') + 1)
    const message = channel.messages[key]
    return message !== undefined && '$ref' in message
      ? shared[message.$ref.slice(message.$ref.lastIndexOf('/') + 1)]
      : message
  }

/** Creates the message of an event. AsyncAPI 2 has no operation per event, so the message contains everything. */
export const createMessage = (
  id: string,
  operation: OperationObject,
  security: readonly Requirement[] | undefined,
  find: Find,
): Message2Object => {
  const { action: _, channel: _channel, messages, reply, security: _security, 'x-socketio': ack, ...rest } = operation
  const { title, summary, description, tags, externalDocs, ...extensions } = rest
  const [own] = messages.map(find)
  const answers = reply?.messages.map(find)
  const isReceipt = answers !== undefined && answers[0]?.payload === undefined
  const extension = {
    ...own?.['x-socketio'],
    ...ack,
    ...(isReceipt ? { receipt: true as const } : {}),
    ...(security && { security }),
  }
  return {
    messageId: id,
    name: own?.name,
    title,
    summary,
    description,
    tags,
    externalDocs,
    contentType: 'application/json',
    payload: own?.payload,
    examples: own?.examples,
    'x-ack': answers && createAck(answers, isReceipt),
    'x-socketio': Object.keys(extension).length === 0 ? undefined : extension,
    ...extensions,
  }
}

const createAck = (answers: readonly (MessageObject | undefined)[], isReceipt: boolean): Schema => {
  const payloads = answers.map(answer => answer?.payload).filter(payload => payload !== undefined)
  const all = isReceipt ? [NOTHING, ...payloads] : payloads
  const [first] = all
  return first !== undefined && all.length === 1 ? first : { oneOf: all }
}

// A receipt has no value, which clients in other languages receive as null.
const NOTHING: Schema = { type: 'null', description: 'A receipt, without a value.' }

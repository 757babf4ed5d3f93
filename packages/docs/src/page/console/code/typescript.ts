import { ENVELOPE } from '@ackwire/core/wire'
import { property, textIn, textOf } from '../../../parse/json.js'
import type { ApiEvent } from '../../document/event.js'
import type { ApiStream } from '../../document/stream.js'
import { type CodeCall, isFilled, parametersOf, pathOf, printedOf, urlOf } from './call.js'
import { importsOfFiles, member, quote, toJavaScript } from './javascript-literal.js'

/** Returns the call with ackwire's client, typed by the contract. */
export const toTypeScript = (call: CodeCall): string => {
  const { event, args, answer } = call
  const isInput = event.direction === 'input'
  const body = isInput ? `${sending(call)}\n\n${closing(call)}` : listening(call)
  const names = ['createClient', ...(isSafe(event) ? ['safe'] : []), ...(needsError(call) ? ['EventError'] : [])]
  return `${importsOfFiles([args, answer])}import { ${names.join(', ')} } from '@ackwire/client'
import type { api } from './contract.js'

${client(call)}

${body}
`
}

/** Returns the access to an event. A group and its event form one wire name, separated by a colon. */
const pathTo = ({ name }: ApiEvent): string => name.split(':').map(member).join('')

/** Returns true for a call with declared errors, which `safe` returns with their types. */
const isSafe = ({ direction, isAnswered, stream, replies }: ApiEvent): boolean =>
  direction === 'input' && isAnswered && stream === undefined && codesOf(replies).length > 0

const codesOf = (replies: ApiEvent['replies'] = []): readonly string[] =>
  replies.flatMap(({ code, isError }) => (isError && code !== undefined && code !== 'error' ? [code] : []))

const sending = ({ event, args }: CodeCall): string => {
  const given = `${pathTo(event)}(${args.map(arg => toJavaScript(arg)).join(', ')})`
  if (event.stream !== undefined) return streamed(`client.stream${given}`, event.stream)
  if (isSafe(event)) return `const [error, reply] = await safe(client.emit${given})\n${handling(event)}`
  return event.isAnswered
    ? `const reply = await client.emit${given}\nconsole.log(reply)`
    : `await client.once.connect()\nclient.emit${given}`
}

/** Handles each declared error, whose code tells the type of its data. */
const handling = ({ replies }: ApiEvent): string =>
  [
    'if (error === undefined) console.log(reply)',
    ...codesOf(replies).map(code => `else if (error.code === ${quote(code)}) console.error(error.code, error.data)`),
    'else console.error(error.code, error.message)',
  ].join('\n')

const listening = (call: CodeCall): string => {
  const { event } = call
  const answer = event.isAnswered ? `  ${answering(call)}\n` : ''
  return `client.on${pathTo(event)}(${parametersOf(call)} => {\n  console.log(${printedOf(call)})\n${answer}})`
}

/** Returns true if a listener throws an error of the contract. */
const needsError = ({ event, answer, isError }: CodeCall): boolean =>
  event.direction === 'output' &&
  event.isAnswered &&
  isError &&
  textIn(property(answer, ENVELOPE) ?? answer, 'code') !== undefined

/** Closes the client and, below a namespace, that of the root, which would keep the program running. */
const closing = ({ namespace }: CodeCall): string =>
  namespace.name === '/' ? 'client.close()' : 'client.close()\nroot.close()'

/** Returns the end of a listener, which answers with its result or with the error that it throws. */
const answering = ({ answer, isError }: CodeCall): string => {
  if (!isError) return `return ${toJavaScript(answer, '  ')}`
  const failure = property(answer, ENVELOPE) ?? answer
  const code = textIn(failure, 'code')
  const message = textOf(failure) ?? textIn(failure, 'message') ?? ''
  // The client has no form for errors of the application's own: the server gets INTERNAL.
  if (code === undefined) return `throw new Error(${quote(message)})`
  const data = toJavaScript(property(failure, 'data'), '  ')
  return `throw new EventError(${[quote(code), data, quote(message)].join(', ')})`
}

const streamed = (opened: string, { value }: ApiStream): string =>
  value === undefined
    ? `for await (const item of ${opened}) console.log(item)`
    : `const stream = ${opened}\nfor await (const item of stream) console.log(item)\nconsole.log(await stream.result)`

const client = (call: CodeCall): string => {
  const { event, namespace, handshake } = call
  const isRoot = namespace.name === '/'
  const path = pathOf(call)
  const auth = isFilled(handshake.auth) ? { auth: handshake.auth } : {}
  const options = {
    ...(path === undefined ? {} : { path }),
    ...(isFilled(handshake.query) ? { query: handshake.query } : {}),
    ...(isRoot ? auth : {}),
    // A client that has only the contract's type does not know the form of the acks.
    ...(event.isErrorFirst ? { acks: 'error-first' } : {}),
  }
  const written = (parts: readonly object[]): string[] => parts.filter(isFilled).map(part => toJavaScript(part))
  const root = `createClient<typeof api>(${[quote(urlOf(call)), ...written([options])].join(', ')})`
  if (isRoot) return `const client = ${root}`
  const rest = written([handshake.params, auth])
  return `const root = ${root}\nconst client = root.of(${[quote(namespace.name), ...rest].join(', ')})`
}

import { ENVELOPE } from '@ackwire/core/wire'
import { property, textIn, textOf } from '../../../parse/json.js'
import type { ApiStream } from '../../document/stream.js'
import { type CodeCall, isFilled, parametersOf, pathOf, printedOf, urlOf } from './call.js'
import { member, quote, toJavaScript } from './javascript-literal.js'

/** Returns the call with ackwire's client, typed by the contract. */
export const toTypeScript = (call: CodeCall): string => {
  const { event, args } = call
  // A group and its event form one wire name, separated by a colon.
  const path = event.name.split(':').map(member).join('')
  const body =
    event.stream !== undefined
      ? streamed(`client.stream${path}(${args.map(arg => toJavaScript(arg)).join(', ')})`, event.stream)
      : event.direction === 'input'
        ? `${event.isAnswered ? 'const reply = await ' : ''}client.emit${path}(${args.map(arg => toJavaScript(arg)).join(', ')})${event.isAnswered ? '\nconsole.log(reply)' : ''}`
        : `client.on${path}(${parametersOf(call)} => {\n  console.log(${printedOf(call)})\n${event.isAnswered ? `  ${answering(call)}\n` : ''}})`
  return `import { createClient${body.includes('new EventError(') ? ', EventError' : ''} } from '@ackwire/client'
import type { api } from './contract.js'

${client(call)}

${body}
`
}

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
  return `const client = ${root}.of(${[quote(namespace.name), ...rest].join(', ')})`
}

import { answersOf, type CodeCall, isFilled, parametersOf, pathOf, printedOf, urlOf } from './call.js'
import { importsOfFiles, quote, toJavaScript } from './javascript-literal.js'

/** Waits for the connection. What is sent after it is written before the socket is closed. */
const CONNECTED = "await new Promise((resolve, reject) => socket.on('connect', resolve).on('connect_error', reject))"

/** Returns the call with socket.io-client. */
export const toPlain = (call: CodeCall): string => {
  const { event, name, handshake, args } = call
  const path = pathOf(call)
  const options = {
    ...(path === undefined ? {} : { path }),
    ...(isFilled(handshake.query) ? { query: handshake.query } : {}),
    ...(isFilled(handshake.auth) ? { auth: handshake.auth } : {}),
  }
  const url = quote(urlOf(call) + (name === '/' ? '' : name))
  const given = [quote(event.name), ...args.map(arg => toJavaScript(arg))].join(', ')
  const { stream } = event
  const emit = stream
    ? `let page = await socket.emitWithAck(${given})
for (;;) {
  if (page.$error) throw new Error(page.$error.code)
  for (const item of page.items) console.log(item)
  if (!page.next) break
  page = await socket.emitWithAck(${quote(stream.next)}, page.next)
}
socket.close()`
    : event.isErrorFirst
      ? `socket.emit(${given}, (error, value) => {\n  if (error === null || error === undefined) console.log(value)\n  else console.error(error)\n  socket.close()\n})`
      : event.isAnswered
        ? `const reply = await socket.emitWithAck(${given})\nif (reply?.$error) console.error(reply.$error)\nelse console.log(reply)\nsocket.close()`
        : `socket.emit(${given})\nsocket.close()`
  const takeAck = event.rest === undefined ? '' : '  const ack = rest.pop()\n'
  const listen = event.isAnswered
    ? `socket.on(${quote(event.name)}, ${parametersOf(call, 'ack')} => {\n${takeAck}  console.log(${printedOf(call)})\n  ack(${answersOf(
        call,
      )
        .map(value => toJavaScript(value, '  '))
        .join(', ')})\n})`
    : `socket.on(${quote(event.name)}, ${parametersOf(call)} => console.log(${printedOf(call)}))`
  const isInput = event.direction === 'input'
  return `${importsOfFiles([args, answersOf(call)])}import { io } from 'socket.io-client'

const socket = io(${[url, ...(isFilled(options) ? [toJavaScript(options)] : [])].join(', ')})
${isInput ? CONNECTED : "socket.on('connect_error', error => console.error(error.message, error.data))"}

${isInput ? emit : listen}
`
}

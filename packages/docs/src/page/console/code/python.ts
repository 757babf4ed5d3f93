import { escapeCodePoint, printableSource } from '../../../untrusted/printable.js'
import { type Bytes, fileNameOf, isBytes, replaceBytes, toBase64 } from '../../document/bytes.js'
import { isJson } from '../../../parse/json.js'
import type { ApiStream } from '../../document/stream.js'
import { answersOf, type CodeCall, isFilled, pathOf, urlOf } from './call.js'

/** Returns the call with python-socketio's client. */
export const toPythonCode = (call: CodeCall): string => {
  const { event, name, handshake, args } = call
  const isRoot = name === '/'
  const query = isFilled(handshake.query) ? `?${new URLSearchParams(textsOf(handshake.query))}` : ''
  const path = pathOf(call)
  const options = [
    toPython(urlOf(call) + query),
    ...(isRoot ? [] : [`namespaces=[${toPython(name)}]`]),
    ...(isFilled(handshake.auth) ? [`auth=${toPython(handshake.auth)}`] : []),
    ...(path === undefined ? [] : [`socketio_path=${toPython(path)}`]),
  ]
  const place = isRoot ? [] : [`namespace=${toPython(name)}`]
  const connect = `sio.connect(${options.join(', ')})`
  const imports = hasBase64([args, answersOf(call)]) ? 'import base64\n\nimport socketio' : 'import socketio'
  if (event.direction === 'output') {
    return `${imports}

sio = socketio.Client()


@sio.on(${[toPython(event.name), ...place].join(', ')})
def on_event(*args):
    print(args)${event.isAnswered ? `\n    return ${returned(answersOf(call))}` : ''}


${connect}
sio.wait()
`
  }
  // A tuple holds several arguments; a list would be a single one.
  const data = args.length === 0 ? [] : [args.length === 1 ? toPython(args[0]) : `(${args.map(toPython).join(', ')})`]
  const given = [toPython(event.name), ...data, ...place].join(', ')
  return `${imports}

sio = socketio.Client()
${connect}
${
  event.stream
    ? streamed(given, event.stream, place)
    : event.isErrorFirst
      ? errorFirst(given)
      : event.isAnswered
        ? `reply = sio.call(${given})\nprint(reply)`
        : `sio.emit(${given})
# Waits until it is written, since disconnect() drops what is not.
sio.eio.queue.join()`
}
sio.disconnect()
`
}

/** Returns true if bytes of a value are written as base64. */
const hasBase64 = (value: unknown): boolean => {
  let isNeeded = false
  replaceBytes(value, bytes => (isNeeded ||= fileNameOf(bytes) === undefined && bytes.byteLength > MOST_WRITTEN))
  return isNeeded
}

/** Returns the result of a handler: a tuple holds several arguments of the acknowledgement. */
const returned = (values: readonly unknown[]): string =>
  values.length > 1 ? values.map(toPython).join(', ') : toPython(values[0])

/** Calls an error-first event, whose acknowledgement has one argument or a tuple of them. */
const errorFirst = (given: string): string => `reply = sio.call(${given})
error, value = reply if isinstance(reply, tuple) else (reply, None)
print(value if error is None else error)`

const streamed = (given: string, { next }: ApiStream, place: readonly string[]): string => `page = sio.call(${given})
while True:
    if '$error' in page:
        raise RuntimeError(page['$error']['code'])
    for item in page['items']:
        print(item)
    if 'next' not in page:
        break
    page = sio.call(${[toPython(next), "page['next']", ...place, 'timeout=None'].join(', ')})`

const textsOf = (query: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(isJson(query) ? query : {}).map(([key, value]) => [key, String(value)]))

const MOST_WRITTEN = 64

/** Returns a value as Python source. */
const toPython = (value: unknown): string => {
  if (value === undefined || value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (isBytes(value)) return bytes(value)
  if (typeof value === 'string') return text(value)
  if (Array.isArray(value)) return `[${value.map(toPython).join(', ')}]`
  if (!isJson(value)) return String(value)
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return `{${entries.map(([key, each]) => `${text(key)}: ${toPython(each)}`).join(', ')}}`
}

/** Returns a string literal. JSON's escapes are valid in Python, except surrogate pairs, which need a single escape. */
const text = (value: string): string => printableSource(JSON.stringify(value), escapeCodePoint)

const bytes = (value: Bytes): string => {
  const view = value instanceof Uint8Array ? value : new Uint8Array(value)
  const file = fileNameOf(value)
  if (file !== undefined) return `open(${text(file)}, "rb").read()`
  const shown = [...view.subarray(0, MOST_WRITTEN)].map(byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
  return view.length <= MOST_WRITTEN ? `b"${shown}"` : `base64.b64decode("${toBase64(view)}")`
}

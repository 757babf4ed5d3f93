import { printableSource } from '../../../untrusted/printable.js'
import { type Bytes, fileNameOf, isBytes, replaceBytes, toBase64 } from '../../document/bytes.js'
import { isJson } from '../../../parse/json.js'

/** Returns a value as JavaScript source, on several lines if one is too short. */
export const toJavaScript = (value: unknown, indent = ''): string => {
  const flat = write(value, undefined)
  return flat.length + indent.length <= 76 && !flat.includes('\n') ? flat : write(value, indent)
}

const write = (value: unknown, indent: string | undefined): string => {
  if (value === undefined) return 'undefined'
  if (isBytes(value)) return bytes(value)
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value))
    return group(
      value.map(each => inner(each, indent)),
      SQUARE,
      indent,
    )
  if (!isJson(value)) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return group(
    entries.map(([key, each]) => `${keyOf(key)}: ${inner(each, indent)}`),
    CURLY,
    indent,
  )
}

const inner = (value: unknown, indent: string | undefined): string =>
  indent === undefined ? write(value, undefined) : toJavaScript(value, `${indent}  `)

/** The brackets of a group, and the padding inside them on one line. */
type Brackets = readonly [open: string, close: string, pad: string]

const SQUARE: Brackets = ['[', ']', '']
const CURLY: Brackets = ['{', '}', ' ']

const group = (parts: readonly string[], [open, close, pad]: Brackets, indent: string | undefined): string => {
  if (parts.length === 0) return open + close
  if (indent === undefined) return `${open}${pad}${parts.join(', ')}${pad}${close}`
  return `${open}\n${parts.map(part => `${indent}  ${part},\n`).join('')}${indent}${close}`
}

const MOST_WRITTEN = 32

const bytes = (value: Bytes): string => {
  const file = fileNameOf(value)
  if (file !== undefined) return `readFileSync(${quote(file)})`
  const view = value instanceof Uint8Array ? value : new Uint8Array(value)
  return view.length <= MOST_WRITTEN
    ? `new Uint8Array([${view.join(', ')}])`
    : `Uint8Array.from(atob(${quote(toBase64(view))}), character => character.charCodeAt(0))`
}

/** Returns the import that bytes from files need. */
export const importsOfFiles = (value: unknown): string => {
  let isNeeded = false
  replaceBytes(value, bytes => (isNeeded ||= fileNameOf(bytes) !== undefined))
  return isNeeded ? "import { readFileSync } from 'node:fs'\n" : ''
}

/** Returns a string literal in single quotes, with special and invisible characters escaped. */
export const quote = (text: string): string =>
  `'${printableSource(JSON.stringify(text)).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`

/** Returns an object's key. A plain `__proto__` key would set the prototype. */
const keyOf = (key: string): string =>
  key === '__proto__' ? "['__proto__']" : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key)

/** Returns the access to a property: `.name`, or `['a name']`. */
export const member = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${quote(name)}]`)

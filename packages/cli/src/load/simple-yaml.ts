/**
 * Reads YAML as `ackwire render` writes it, in a fraction of the time and memory of a parser for all of YAML: objects and lists in
 * block style with scalars on one line, and literal text.
 *
 * @returns The value that YAML has, or `undefined` for a document with anything else, whether it is valid or not.
 */
export const readSimpleYaml = (text: string): object | undefined => {
  if (!text.endsWith('\n') || text.startsWith('\n') || UNUSUAL.test(text)) return undefined
  const lines = text.slice(0, -1).split('\n')
  try {
    const reader: Reader = { lines, at: 0 }
    const content = readObject(reader, 0)
    return lines.slice(reader.at).every(line => line === '') ? content : undefined
  } catch (error) {
    if (error === NOT_SIMPLE) return undefined
    throw error
  }
}

/** Characters that YAML gives a meaning or refuses: tabs, other controls, and line breaks of other kinds. */
// oxlint-disable-next-line no-control-regex
const UNUSUAL = /[\0-\t\v-\x1f\x7f-\x9f\u2028\u2029\ufeff]/

/** An entry of an object: its key, plain or quoted, and its value on the same line. */
const ENTRY = /^(?:([A-Za-z_$/^](?:(?!: | #).)*(?<! ))|("(?:[^"\\]|\\.)*")):(?: (.+))?$/

/** The deepest indentation that is read here. */
const MOST_INDENT = 200

const NOT_SIMPLE = Symbol('not simple')

const refuse = (): never => {
  throw NOT_SIMPLE
}

interface Reader {
  readonly lines: string[]
  /** The index of the next line. */
  at: number
}

const indentOf = (line: string): number => {
  let indent = 0
  while (line.charCodeAt(indent) === 32) indent++
  return indent
}

/** Returns the next line from an indentation on, or `undefined` if that line belongs to what contains the value. */
const next = ({ lines, at }: Reader, indent: number): string | undefined => {
  const line = lines[at]
  if (line === undefined || line === '') return undefined
  const found = indentOf(line)
  // The continuation of a plain scalar, among others.
  if (found > indent) return refuse()
  return found < indent ? undefined : line.slice(indent)
}

const readObject = (reader: Reader, indent: number): object => {
  const content: Record<string, unknown> = {}
  if (indent > MOST_INDENT) refuse()
  for (let line = next(reader, indent); line !== undefined; line = next(reader, indent)) {
    const [whole, plain, quoted, value] = ENTRY.exec(line) ?? []
    if (whole === undefined) return refuse()
    const key = quoted === undefined ? keyOf(plain ?? '') : quotedJson(quoted)
    if (key === '__proto__' || Object.hasOwn(content, key)) refuse()
    reader.at++
    content[key] = value === undefined ? readNested(reader, indent) : readValue(reader, indent, value)
  }
  return content
}

/** Returns a plain key. YAML has other values of these names, and no key of more than 1,024 characters. */
const keyOf = (plain: string): string =>
  /^(?:true|false|null)$/i.test(plain) || plain.length > 1_000 ? refuse() : plain

const readNested = (reader: Reader, outer: number): object => {
  const line = reader.lines[reader.at] ?? ''
  const indent = indentOf(line)
  if (indent <= outer) return refuse()
  return line.startsWith('- ', indent) ? readList(reader, indent) : readObject(reader, indent)
}

const readList = (reader: Reader, indent: number): unknown[] => {
  const content: unknown[] = []
  if (indent > MOST_INDENT) refuse()
  for (let line = next(reader, indent); line !== undefined; line = next(reader, indent)) {
    if (!line.startsWith('- ')) return refuse()
    const item = line.slice(2)
    if (item.startsWith('- ') || ENTRY.test(item)) {
      // The item's first line, as those below it are.
      reader.lines[reader.at] = ' '.repeat(indent + 2) + item
      content.push(readNested(reader, indent))
    } else {
      reader.at++
      content.push(scalarOf(item))
    }
  }
  return content
}

const readValue = (reader: Reader, indent: number, value: string): unknown => {
  if (value === '|' || value === '|-') return readLiteral(reader, indent, value === '|' ? '\n' : '')
  return scalarOf(value)
}

const readLiteral = (reader: Reader, outer: number, end: string): string => {
  const { lines } = reader
  const indent = indentOf(lines[reader.at] ?? '')
  if (indent <= outer) return refuse()
  const content: string[] = []
  for (let line = lines[reader.at]; line !== undefined; line = lines[++reader.at]) {
    if (line !== '' && indentOf(line) < indent) break
    if (line !== '' && line.trim() === '') return refuse()
    content.push(line.slice(indent))
  }
  const below = lines[reader.at]
  if (below !== undefined && indentOf(below) > outer) return refuse()
  return content.join('\n').replace(/\n+$/, '') + end
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/
/** A plain string, or a version such as 1.0.0. */
const PLAIN = /^(?:[\p{L}/$_(^](?!.*(?:: |:$| #)).*|\d+(?:\.\d+){2,})$/u

const scalarOf = (token: string): unknown => {
  if (token.startsWith('"')) return quotedJson(token)
  if (token.endsWith(' ')) return refuse()
  if (/^'(?:[^']|'')*'$/.test(token)) return token.slice(1, -1).replaceAll("''", "'")
  if (token === '[]') return []
  if (token === '{}') return {}
  if (NUMBER.test(token)) return Number(token)
  if (token === 'true' || token === 'false') return token === 'true'
  if (token === 'null') return null
  return PLAIN.test(token) && !/^(?:true|false|null)$/i.test(token) ? token : refuse()
}

/** Returns the string that a text in double quotes stands for, which YAML and JSON agree on. */
const quotedJson = (token: string): string => {
  try {
    return String(JSON.parse(token))
  } catch {
    return refuse()
  }
}

import { printableLine } from '../untrusted/printable.js'

/** A piece of TypeScript that can be printed on one line or on several. */
export interface Code {
  readonly flat: string
  /** Prints the piece after `before` characters of a line, with its own lines indented by `indent`. */
  print(indent: string, before: number): string
  /** True for an object or a list, which as an argument needs no line of its own. */
  readonly isBlock?: boolean
  /** The nesting depth: 0 for a word, one more than their parts for calls and objects. */
  readonly depth: number
}

const depthOf = (parts: readonly Code[]): number =>
  parts.length === 0 ? 0 : 1 + Math.max(...parts.map(part => part.depth))

/** The maximum length of a line. */
const WIDTH = 100

const STEP = '  '

/** Creates a piece without parts. */
export const word = (text: string): Code => ({ flat: text, depth: 0, print: () => text })

/** Returns true if a piece fits on a line that has `before` characters already. */
export const fits = (flat: string, before: number): boolean => before + flat.length <= WIDTH && !flat.includes('\n')

// The comma after an item.
const CLOSING = 1

const broken = (open: string, items: readonly Code[], close: string, indent: string): string => {
  const inner = indent + STEP
  return `${open}\n${items.map(item => `${inner}${item.print(inner, inner.length + CLOSING)},\n`).join('')}${indent}${close}`
}

/** The brackets of a block, and the padding inside them on one line. */
interface Brackets {
  readonly open: string
  readonly close: string
  readonly space: string
}

const SQUARE: Brackets = { open: '[', close: ']', space: '' }
const CURLY: Brackets = { open: '{', close: '}', space: ' ' }

const block = (items: readonly Code[], { open, close, space }: Brackets, always: boolean): Code => {
  const flat =
    items.length === 0 ? open + close : `${open}${space}${items.map(item => item.flat).join(', ')}${space}${close}`
  return {
    flat: always && items.length > 0 ? `${flat}\n` : flat,
    isBlock: true,
    depth: depthOf(items),
    print: (indent, before) =>
      items.length === 0 || (!always && fits(flat, before)) ? flat : broken(open, items, close, indent),
  }
}

/** Creates a list. */
export const list = (items: readonly Code[]): Code => block(items, SQUARE, false)

/** Creates an object of named pieces, which is always on several lines if `always` is true. */
export const object = (entries: readonly (readonly [key: string, value: Code])[], always = false): Code =>
  block(
    entries.map(([key, value]) => property(key, value)),
    CURLY,
    always,
  )

const property = (key: string, value: Code): Code => {
  const name = `${propertyName(key)}: `
  return {
    flat: name + value.flat,
    depth: value.depth,
    print(indent, before) {
      const isLong = value.depth === 0 && value.isBlock !== true && !fits(name + value.flat, before)
      return isLong
        ? `${name.trimEnd()}\n${indent}${STEP}${value.flat}`
        : name + value.print(indent, before + name.length)
    },
  }
}

/** Creates a call. A single block goes right between the parentheses; otherwise each argument has a line. */
export const call = (name: string, ...args: readonly Code[]): Code => {
  const flat = `${name}(${args.map(arg => arg.flat).join(', ')})`
  return {
    flat,
    depth: depthOf(args),
    print(indent, before) {
      if (fits(flat, before)) return flat
      const last = args.at(-1)
      const others = args.slice(0, -1)
      const start = `${name}(${others.map(arg => `${arg.flat}, `).join('')}`
      const isAlike = others.at(-1)?.isBlock === true && others.at(-1)?.flat[0] === last?.flat[0]
      const isHugged = last?.isBlock === true && !isAlike && fits(`${start}{`, before)
      return isHugged ? `${start}${last.print(indent, WIDTH)})` : broken(`${name}(`, args, ')', indent)
    },
  }
}

/** The number of calls above which a chain is broken into lines. */
const MOST_CALLS = 2

/** Creates a chain such as `event.input(…).ack(…)`, which is broken into lines if it has more than two calls and doesn't fit. */
export const chain = (start: string, calls: readonly Code[]): Code => {
  const flat = [start, ...calls.map(each => each.flat)].join('.')
  return {
    flat,
    depth: depthOf(calls),
    print(indent, before) {
      // Long chains of nested calls are hard to read on one line.
      const isCrowded = calls.length > MOST_CALLS && calls.some(each => each.depth > 2)
      if (fits(flat, before) && !isCrowded) return flat
      const inner = indent + STEP
      const head = `${[start, ...calls.slice(0, -1).map(each => each.flat)].join('.')}.`
      const last = calls.at(-1)
      const isShort = last !== undefined && calls.length <= MOST_CALLS && fits(head, before)
      if (isShort) return head + last.print(indent, before + head.length)
      return start + calls.map(each => `\n${inner}.${each.print(inner, inner.length + 1 + CLOSING)}`).join('')
    },
  }
}

/** Returns a comment of one line. Line breaks in the text are escaped, since they would end the comment. */
export const comment = (text: string): string => `// ${printableLine(text)}`.trimEnd()

/** Returns the literal of a JSON value. All strings of a document are written by this function or by `comment`. */
export const literal = (value: unknown): Code => {
  if (Array.isArray(value)) return list(value.map(literal))
  if (typeof value === 'string') return word(quoted(value))
  if (typeof value !== 'object' || value === null) return word(String(JSON.stringify(value)))
  return object(Object.entries(value).map(([key, part]) => [key, literal(part)]))
}

/** Quotes a string with the quotes that need fewer escapes, and escapes everything that ends the literal or is invisible. */
const quoted = (text: string): string => {
  const json = printableLine(JSON.stringify(text))
  const isDouble = text.includes("'") && !text.includes('"')
  return isDouble
    ? json
    : `'${json
        .slice(1, -1)
        .replaceAll(String.raw`\"`, '"')
        .replaceAll("'", String.raw`\'`)}'`
}

/** Returns a property's key. */
const propertyName = (key: string): string => {
  // A plain `__proto__` key would set the prototype.
  if (key === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key)
}

import { printableLine } from '../untrusted/printable.js'

/** A piece of TypeScript that knows how to stand on one line, and how on several. */
export interface Code {
  readonly flat: string
  /** The piece where it begins after `before` characters of a line, with lines of its own indented by `indent`. */
  print(indent: string, before: number): string
  /** Whether it is an object or a list, which a call takes between its parentheses without lines of their own. */
  readonly isBlock?: boolean
  /** How deep it is: a word has no depth, a call or an object one more than what is in it. */
  readonly depth: number
}

const depthOf = (parts: readonly Code[]): number =>
  parts.length === 0 ? 0 : 1 + Math.max(...parts.map(part => part.depth))

/** How long a line gets. */
const WIDTH = 100

const STEP = '  '

/** A piece that has no parts. */
export const word = (text: string): Code => ({ flat: text, depth: 0, print: () => text })

/** Whether a piece has room on a line that has so much already. */
export const fits = (flat: string, before: number): boolean => before + flat.length <= WIDTH && !flat.includes('\n')

// After each item stands a comma.
const CLOSING = 1

const broken = (open: string, items: readonly Code[], close: string, indent: string): string => {
  const inner = indent + STEP
  return `${open}\n${items.map(item => `${inner}${item.print(inner, inner.length + CLOSING)},\n`).join('')}${indent}${close}`
}

/** What stands around the items of a block: its brackets, and what is between them and the items on one line. */
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

/** A list. */
export const list = (items: readonly Code[]): Code => block(items, SQUARE, false)

/** An object of named pieces, on several lines in any case if `always`. */
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

/** A call. One block goes between the parentheses as it is; otherwise each argument gets its line. */
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

/** More calls than these are a list. */
const MOST_CALLS = 2

/** `event.input(…).ack(…)`: on lines of their own where there are more than two calls and they don't fit. */
export const chain = (start: string, calls: readonly Code[]): Code => {
  const flat = [start, ...calls.map(each => each.flat)].join('.')
  return {
    flat,
    depth: depthOf(calls),
    print(indent, before) {
      // One's eye does not find the parts of many calls with much in them.
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

/** Returns a comment of one line, whatever the text is: a line break in it would end the comment. */
export const comment = (text: string): string => `// ${printableLine(text)}`.trimEnd()

/** Returns the literal of a value of JSON. Every text of a document stands in a contract by this, or by `comment`. */
export const literal = (value: unknown): Code => {
  if (Array.isArray(value)) return list(value.map(literal))
  if (typeof value === 'string') return word(quoted(value))
  if (typeof value !== 'object' || value === null) return word(String(JSON.stringify(value)))
  return object(Object.entries(value).map(([key, part]) => [key, literal(part)]))
}

/** Returns a text in the quotes that take fewer signs, with nothing in it that ends the literal or that nobody sees. */
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

/** A key as it may stand before a colon. */
const propertyName = (key: string): string => {
  // Written plainly, it would be the prototype.
  if (key === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key)
}

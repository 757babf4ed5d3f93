import { stringify } from 'yaml'

/** Read alike by YAML 1.1 and 1.2, without anchors, and no line broken. */
const OPTIONS = { compat: 'yaml-1.1', aliasDuplicateObjects: false, lineWidth: 0 } as const

/** The library's own, which is right for everything, and builds a tree of the whole document first. */
const written = (content: unknown): string => stringify(content, OPTIONS).slice(0, -1)

/** A text that needs no quotes: it begins with a letter, and is no word or number to any YAML. */
const PLAIN = /^(?!(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$)[a-z_$](?:[\w$ .,/()'-]{0,200}[\w$.])?$/i

/** A reference to a part of the document, which does need them. */
const REFERENCE = /^#[\w$/.~-]{1,200}$/

/** What the library makes of a scalar, if that is one line: most stand in a document many times. */
type Known = Map<unknown, string | undefined>

/**
 * Writes what JSON can hold as YAML, character by character as the library would. A document is mostly maps, and words that
 * need no quotes: those are written here, and what is anything else by the library.
 */
export const yamlOf = (content: object): string => `${block(content, '', new Map()) ?? written(content)}\n`

/** The lines of an object or array with something in it. The first is without its indent; all are `undefined` of anything else. */
const block = (content: unknown, indent: string, known: Known): string | undefined => {
  const lines = Array.isArray(content)
    ? content.map(item => listed(item, indent, known))
    : isPlain(content)
      ? Object.entries(content)
          .filter(([, value]) => value !== undefined)
          .map(([key, value]) => pair(key, value, indent, known))
      : []
  return lines.length === 0 ? undefined : lines.join(`\n${indent}`)
}

const listed = (item: unknown, indent: string, known: Known): string => {
  const inside = scalar(item, known) ?? block(item, `${indent}  `, known)
  return inside === undefined ? indented(written([item]), indent) : `- ${inside}`
}

const pair = (key: string, value: unknown, indent: string, known: Known): string => {
  // A longer key is written in another way.
  const name = key.length > 1_000 ? undefined : scalar(key, known)
  if (name === undefined) return indented(written({ [key]: value }), indent)
  const line = scalar(value, known)
  if (line !== undefined) return `${name}: ${line}`
  const inside = block(value, `${indent}  `, known)
  return inside === undefined ? indented(written({ [key]: value }), indent) : `${name}:\n${indent}  ${inside}`
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** A scalar on one line; `undefined` of anything else. */
const scalar = (value: unknown, known: Known): string | undefined => {
  if (typeof value === 'string') {
    if (PLAIN.test(value)) return value
    if (REFERENCE.test(value)) return `"${value}"`
  } else if (typeof value === 'boolean') return String(value)
  else if (typeof value !== 'number' || Object.is(value, -0)) return undefined
  const line = known.get(value)
  if (line !== undefined || known.has(value)) return line
  const lines = written(value)
  const only = lines.includes('\n') ? undefined : lines
  known.set(value, only)
  return only
}

/** Lines of the library's, as they stand further in. */
const indented = (lines: string, indent: string): string => lines.replaceAll(/\n(?=[^\n])/g, `\n${indent}`)

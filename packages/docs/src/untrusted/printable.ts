import { INVISIBLE } from '@ackwire/core/internal'

/** Matches the characters to escape. The variation selectors U+FE00 to U+FE0F are none, since they occur in ordinary emoji. */
const ESCAPED = new RegExp(String.raw`(?![\uFE00-\uFE0F])${INVISIBLE.source}`, INVISIBLE.flags)

/** Matches plain ASCII, a fast path for most strings. */
const PLAIN = /^[ -~]*$/

const SHORT: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` }

/** Returns the escape of a character in UTF-16 code units, as in JSON and JavaScript. */
const escape = (character: string): string =>
  SHORT[character] ??
  Array.from(
    { length: character.length },
    (_, index) => String.raw`\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')

/** Returns the escape of a character as in YAML and Python, which have a single escape for characters beyond 16 bits. */
export const escapeCodePoint = (character: string): string => {
  const code = (character.codePointAt(0) ?? 0).toString(16)
  return character.length > 1 ? String.raw`\U${code.padStart(8, '0')}` : String.raw`\u${code.padStart(4, '0')}`
}

/**
 * Returns a string as one line without invisible characters: they and line breaks become escapes such as `\u202e`. Strings of a
 * document must pass through it before they are shown in a line, a cell or a comment.
 */
export const printableLine = (text: string): string => (PLAIN.test(text) ? text : text.replaceAll(ESCAPED, escape))

/** Returns a string without invisible characters, like `printableLine`, but keeps its line breaks. */
export const printable = (text: string): string =>
  PLAIN.test(text) ? text : text.split(/\r?\n/).map(printableLine).join('\n')

/**
 * Escapes invisible characters in JSON, or in JavaScript where they occur in string literals only, so that values don't change.
 * Line feeds between literals are kept. For other languages pass their own escape as `write`.
 */
export const printableSource = (text: string, write = escape): string =>
  text.replaceAll(ESCAPED, character => (character === '\n' ? character : write(character)))

/**
 * Characters that a terminal obeys or that nobody sees: controls, format characters such as those that turn the direction
 * of writing, separators of lines, lone surrogates, and what Unicode lets a program leave out. The variation selectors
 * U+FE00 to U+FE0F are not among them: they stand in ordinary emoji.
 */
const INVISIBLE = /(?![\uFE00-\uFE0F])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** Most texts are these alone, which is sooner seen. */
const PLAIN = /^[ -~]*$/

const SHORT: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` }

/** Returns the escape of a character by its UTF-16 code units, which JSON, JavaScript and a reader understand. */
const escape = (character: string): string =>
  SHORT[character] ??
  Array.from(
    { length: character.length },
    (_, index) => String.raw`\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')

/** Returns the escape of a character as YAML and Python have it, where one outside of the plane of 16 bits has one of its own. */
export const escapeCodePoint = (character: string): string => {
  const code = (character.codePointAt(0) ?? 0).toString(16)
  return character.length > 1 ? String.raw`\U${code.padStart(8, '0')}` : String.raw`\u${code.padStart(4, '0')}`
}

/**
 * Returns a text as one line in which every character can be seen: invisible ones, line breaks among them, stand as
 * escapes such as `\u202e`. A text of a document passes it before it is shown in a line, a cell or a comment.
 */
export const printableLine = (text: string): string => (PLAIN.test(text) ? text : text.replaceAll(INVISIBLE, escape))

/** Returns a text in which every character can be seen, as `printableLine` does, with its own line breaks kept. */
export const printable = (text: string): string =>
  PLAIN.test(text) ? text : text.split(/\r?\n/).map(printableLine).join('\n')

/**
 * Returns JSON, or JavaScript whose invisible characters all stand in string literals, with those characters escaped: the
 * values stay the same. Line feeds between the literals are kept. Other languages `write` some escapes in another way.
 */
export const printableSource = (text: string, write = escape): string =>
  text.replaceAll(INVISIBLE, character => (character === '\n' ? character : write(character)))

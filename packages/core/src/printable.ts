/**
 * Returns a string made safe for one line of a terminal or a log, since a client may have chosen parts of it.
 * Characters that are invisible or change how others are shown (control characters, marks of writing direction and the
 * like) are written as escapes such as `\u202e`. White space becomes one space, and everything beyond `most` characters
 * is cut off.
 */
export const printable = (text: string, most = LONGEST_LINE): string => {
  const line = text
    .slice(0, most)
    .replaceAll(/[\t\n\r ]+/g, ' ')
    .replaceAll(INVISIBLE, escapeOf)
  return text.length > most || line.length > most ? `${line.slice(0, most)}…` : line
}

/** The default length limit, in UTF-16 code units. */
const LONGEST_LINE = 2_000

/**
 * Matches each character that controls a terminal, is invisible or changes how others are shown: controls (Cc), format characters such
 * as those of bidirectional text (Cf), lone surrogates (Cs), private use (Co), line separators (Zl, Zp) and default ignorable ones.
 */
export const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

const escapeOf = (character: string): string => {
  const code = (character.codePointAt(0) ?? 0).toString(16)
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`
}

/**
 * Returns a text as a terminal or a log can take it, on one line: a peer may have chosen parts of it. What is not seen, or changes what is
 * seen, is written as an escape such as `\u202e`: control characters, those that turn the direction of writing, and other
 * invisible ones. White space becomes one space, and what is beyond `most` characters is left out.
 */
export const shown = (text: string, most = LONGEST_LINE): string => {
  const line = text
    .slice(0, most)
    .replaceAll(/[\t\n\r ]+/g, ' ')
    .replaceAll(UNSEEN, escapeOf)
  return text.length > most || line.length > most ? `${line.slice(0, most)}…` : line
}

/** In UTF-16 code units. */
const LONGEST_LINE = 2_000

// Cc are the control characters of ASCII and beyond, Cf those of formats, bidirectional ones among them, Cs halves of pairs.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

const escapeOf = (character: string): string => {
  const code = (character.codePointAt(0) ?? 0).toString(16)
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`
}

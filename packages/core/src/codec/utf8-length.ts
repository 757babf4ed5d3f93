/**
 * Returns how many bytes a string has in UTF-8. It stops counting at `most`. A lone surrogate counts as the replacement
 * character, which is sent instead of it.
 */
export const utf8Length = (text: string, most: number): number => {
  // No code unit has less than a byte.
  if (text.length >= most) return text.length
  let length = 0
  for (let index = 0; index < text.length && length < most; index++) {
    const code = text.codePointAt(index) ?? 0
    if (code > 0xffff) index++
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code > 0xffff ? 4 : 3
  }
  return length
}

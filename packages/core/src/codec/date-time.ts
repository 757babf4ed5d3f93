/** Matches `date-time` of RFC 3339, section 5.6, which a date can represent: no leap second. */
const DATE_TIME = /^(\d{4}-\d\d-(\d\d))T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i

/** Returns the date in a string, such as `toJSON` of a date returns; `undefined` for any other string. */
export const dateIn = (text: string): Date | undefined => {
  const [, day = '', dayOfMonth] = DATE_TIME.exec(text) ?? []
  // The parser takes 30 February for 1 March.
  if (new Date(`${day}T00:00:00Z`).getUTCDate() !== Number(dayOfMonth)) return undefined
  return new Date(text.toUpperCase())
}

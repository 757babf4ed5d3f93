const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 }

/** Returns the milliseconds of a duration such as `30s`, `10m` or `2h`. */
export const durationOf = (text: string): number => {
  const [, count, unit = ''] = /^(\d+)([smh])$/.exec(text) ?? []
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN)
  if (Number.isNaN(ms)) throw new Error(`expected a duration such as 30s, 10m or 2h, got ${text}`)
  return ms
}

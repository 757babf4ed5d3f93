import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

const at = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.round((values.length - 1) * share)] ?? Number.NaN

export const median = (values: readonly number[]): number => at(values, 0.5)

/** Formats the median of several turns with its interquartile range. */
export const spread = (values: readonly number[]): string =>
  `${median(values).toFixed(2)} (${at(values, 0.25).toFixed(2)}–${at(values, 0.75).toFixed(2)})`

/** A row of a table, by column. */
export type Row = Readonly<Record<string, string>>

interface Output {
  readonly json?: boolean
  /** Also writes the table into bench/README.md, in place of the previous one. */
  readonly write?: boolean
}

/** Prints a table or JSON, with the environment of the measurement. */
export const write = (name: string, heading: string, rows: readonly Row[], { json, write: isKept }: Output): void => {
  const today = new Date().toISOString().slice(0, 10)
  const machine = `${today}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`
  if (json) console.log(JSON.stringify({ name, heading, machine, rows }, null, 2))
  else {
    console.log(`${heading}\n${machine}`)
    console.table(rows)
  }
  if (!isKept) return
  const columns = Object.keys(rows[0] ?? {})
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const table = [line(columns), line(columns.map(() => '---')), ...rows.map(row => line(Object.values(row)))].join('\n')
  put(new URL('README.md', import.meta.url), name, `\n${heading}.\n${machine}.\n\n${table}\n`)
}

/** Replaces the named section of a page. @throws Error if the page has no section of this name. */
export const put = (page: URL, name: string, text: string): void => {
  const place = new RegExp(`(<!-- ${name} -->\\n).*?(<!-- end -->)`, 's')
  const before = readFileSync(page, 'utf8')
  if (!place.test(before)) throw new Error(`${fileURLToPath(page)} has no section named ${name}: add its two comments`)
  writeFileSync(
    page,
    before.replace(place, (_, begin: string, end: string) => `${begin}${text}\n${end}`),
  )
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { contracts, dialects } from './dialects.js'

/** Strings that would escape from an unquoted literal, comment or line and set a global if executed. */
export const HOSTILE: readonly string[] = [
  "'); globalThis.pwned = 1; ('",
  '"); globalThis.pwned = 1; ("',
  '\n globalThis.pwned = 1 //',
  '\r globalThis.pwned = 1 //',
  '\r\n globalThis.pwned = 1 //',
  '\u2028 globalThis.pwned = 1 //',
  '\u2029 globalThis.pwned = 1 //',
  '\u000B\f\u0085 globalThis.pwned = 1 //',
  '*/ globalThis.pwned = 1 /*',
  '`${globalThis.pwned = 1}`',
  '\\',
  "\\'); globalThis.pwned = 1; ('",
  '\\u0027); globalThis.pwned = 1; (',
  '/.constructor.constructor("globalThis.pwned = 1")()/',
  '$&$`$1',
  '__proto__',
  'constructor',
  '\u202Eevil\u2066\u200F\u061C\u{E0041}\u200B\uFEFF',
  '\u001B]0;pwned\u0007\u009B31m\u0000\u007F',
  '\uD800',
  '</script><script>globalThis.pwned = 1</script>',
  '//# sourceMappingURL=data:,',
  "} as any; import 'node:child_process'; const x = {",
  '{{constructor}}',
  'éapi',
  'éawait',
]

/** Matches all controls except line feeds, and the most common invisible and direction-changing characters. */
export const INVISIBLE =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]|[\u{E0000}-\u{E0FFF}]/u

/** The position of a string in a document: the path to it, and a flag for keys. */
export interface Position {
  readonly path: readonly (string | number)[]
  readonly isKey: boolean
}

/** Returns all positions of strings in a document. */
export const positionsOf = (value: unknown, path: Position['path'] = []): readonly Position[] => {
  if (typeof value === 'string') return [{ path, isKey: false }]
  if (Array.isArray(value)) return value.flatMap((each, index) => positionsOf(each, [...path, index]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => {
    const inner = [...path, key]
    return [{ path: inner, isKey: true }, positionsOf(each, inner)].flat()
  })
}

/** Returns the document with another string at a position; a position that no longer exists changes nothing. */
export const replaced = (value: unknown, { path, isKey }: Position, text: string): unknown => {
  const [step, ...rest] = path
  if (step === undefined) return typeof value === 'string' ? text : value
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === step ? replaced(each, { path: rest, isKey }, text) : each))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, unknown]) => {
      if (key !== step) return [key, each]
      return isKey && rest.length === 0 ? [text, each] : [key, replaced(each, { path: rest, isKey }, text)]
    }),
  )
}

const fixture = (name: string): unknown =>
  parse(readFileSync(join(import.meta.dirname, '../../cli/test/fixtures', `${name}.yaml`), 'utf8'))

/** Documents of each version and tool, which together use every part of a contract. */
export const bases: readonly (readonly [name: string, content: unknown])[] = [
  ...contracts.flatMap(([name, api, options]) =>
    dialects.map(
      ([dialect, write]) => [`${name} ${dialect}`, JSON.parse(JSON.stringify(write(api, options))) as unknown] as const,
    ),
  ),
  ...['python', 'fastapi', 'zod-sockets'].map(name => [name, fixture(name)] as const),
]

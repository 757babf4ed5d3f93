import type { Json } from '../parse/json.js'
import { isKnownFormat } from './known.js'
import { call, type Code, list, literal } from './code.js'
import { optionEntries, optionsOf, optionsWith, ownTitle } from './options.js'
import type { Place, Writer } from './place.js'

/** Returns the code of a string: bytes for the binary format, a regular expression if there are flags. */
export const stringCode = (schema: Json, place: Place, writer: Writer): Code => {
  const { format, pattern, 'x-pattern-flags': flags } = schema
  if (format === 'binary') return bytesCode(schema, place, writer)
  if (typeof format === 'string' && !isKnownFormat(format)) writer.useFormat(format)
  if (typeof flags === 'string' && !/[gy]/.test(flags) && isRegExp(pattern, flags) && isRegExp(pattern, 'u')) {
    const regExp = call('new RegExp', literal(pattern), literal(flags))
    return call('Type.RegExp', regExp, ...optionsOf(schema, ['type', 'pattern', 'x-pattern-flags'], place, writer))
  }
  if (pattern !== undefined && !isRegExp(pattern, 'u')) {
    writer.note(place, `the pattern ${JSON.stringify(pattern)} is not a JavaScript regular expression, and is left out`)
    return call('Type.String', ...byteOptions(schema, ['type', 'pattern'], place, writer))
  }
  return call('Type.String', ...byteOptions(schema, ['type'], place, writer))
}

/** Returns true if a pattern is a valid JavaScript regular expression. */
export const isRegExp = (pattern: unknown, flags: string): boolean => {
  try {
    return typeof pattern === 'string' && new RegExp(pattern, flags) instanceof RegExp
  } catch {
    return false
  }
}

const bytesCode = (schema: Json, place: Place, writer: Writer): Code =>
  call('Type.Uint8Array', ...byteOptions(schema, ['type', 'format', 'contentMediaType'], place, writer))

/** Returns the options of a schema whose length in bytes can be bounded. `written` lists keywords that are not options. */
const byteOptions = (schema: Json, written: readonly string[], place: Place, writer: Writer): readonly Code[] => {
  const { 'x-minByteLength': least, 'x-maxByteLength': most } = schema
  const limits = Object.entries({ minByteLength: least, maxByteLength: most }).filter(
    ([, value]) => value !== undefined,
  )
  return optionsWith(
    limits.map(([key, value]) => [key, literal(value)] as const),
    optionEntries(schema, [...written, 'x-minByteLength', 'x-maxByteLength'], place, writer),
  )
}

/** The types whose keywords are TypeBox's own. */
const PLAIN: Readonly<Record<string, string>> = {
  integer: 'Integer',
  number: 'Number',
  boolean: 'Boolean',
  null: 'Null',
}

/** Returns the code of a number, a boolean or null, or `undefined` for another type. */
export const plainCode = (type: unknown, schema: Json, place: Place, writer: Writer): Code | undefined => {
  const name = typeof type === 'string' && Object.hasOwn(PLAIN, type) ? PLAIN[type] : undefined
  return name === undefined ? undefined : call(`Type.${name}`, ...optionsOf(schema, ['type'], place, writer))
}

/** Returns the code of one or several constants. */
export const constantsCode = (values: readonly unknown[], schema: Json, place: Place, writer: Writer): Code => {
  const said = ['type', 'const', 'enum']
  const isPlain = values.every(value => value === null || typeof value !== 'object')
  const [first] = values
  if (!isPlain) {
    writer.note(place, 'constants that are objects or lists are documented but not checked')
    return call('Type.Unsafe', literal(schema))
  }
  if (values.length === 1 && first !== null)
    return call(
      'Type.Literal',
      literal(first),
      ...optionsOf(schema, [...said, ...ownTitle(schema, place)], place, writer),
    )
  if (values.length === 1) return call('Type.Null', ...optionsOf(schema, said, place, writer))
  const members = values.map(value => (value === null ? call('Type.Null') : call('Type.Literal', literal(value))))
  return call('Type.Union', list(members), ...optionsOf(schema, [...said, ...ownTitle(schema, place)], place, writer))
}

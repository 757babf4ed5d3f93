import { Kind, KindGuard, Type, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { dependsOnUnicode } from '../schema/patterns.js'
import { isMultiple } from './multiple.js'
import { utf8Length } from './utf8-length.js'

/** Checks a keyword that TypeBox does not know, or does not check as JSON Schema does. Other types of values pass. */
interface Exact extends TSchema {
  readonly holds: (value: unknown) => boolean
  readonly message: string
}

const EXACT = 'ackwire:exact'

/** Returns whether a string or a number has keywords that need an exact check. */
export const isInexact = (schema: TSchema): boolean => {
  if (KindGuard.IsString(schema)) {
    const { pattern, minByteLength, maxByteLength }: TSchema = schema
    if (minByteLength !== undefined || maxByteLength !== undefined) return true
    return pattern !== undefined && dependsOnUnicode(pattern)
  }
  const { multipleOf } = schema
  return multipleOf !== undefined && !Number.isInteger(multipleOf) && !KindGuard.IsDate(schema)
}

/** Returns the schema without the keywords that need an exact check, and their checks. */
export const exactParts = (schema: TSchema): readonly TSchema[] => {
  TypeRegistry.Set<Exact>(EXACT, ({ holds }, value) => holds(value))
  const { multipleOf, pattern, minByteLength, maxByteLength, ...rest } = schema
  const parts: TSchema[] = [rest as TSchema] // Only optional keywords are removed.
  if (multipleOf !== undefined) {
    const expected = `${String(schema[Kind]).toLowerCase()} to be a multiple of ${multipleOf}`
    parts.push(exact(expected, value => !Number.isFinite(value) || isMultiple(Number(value), multipleOf)))
  }
  if (pattern !== undefined) {
    const matches = new RegExp(pattern, 'u')
    parts.push(
      exact(
        `string to match '${pattern}'`,
        onStrings(text => matches.test(text)),
      ),
    )
  }
  if (minByteLength !== undefined) {
    const expected = `string of at least ${minByteLength} bytes in UTF-8`
    parts.push(
      exact(
        expected,
        onStrings(text => utf8Length(text, minByteLength) >= minByteLength),
      ),
    )
  }
  if (maxByteLength !== undefined) {
    const expected = `string of at most ${maxByteLength} bytes in UTF-8`
    parts.push(
      exact(
        expected,
        onStrings(text => utf8Length(text, maxByteLength + 1) <= maxByteLength),
      ),
    )
  }
  return parts
}

/** Returns the message for a value that an exact check rejected; `undefined` for any other schema. */
export const exactMessage = (schema: TSchema): string | undefined =>
  schema[Kind] === EXACT ? schema['message'] : undefined

const exact = (expected: string, holds: Exact['holds']): TSchema =>
  Type.Unsafe({ [Kind]: EXACT, holds, message: `Expected ${expected}` })

const onStrings =
  (holds: (text: string) => boolean): Exact['holds'] =>
  value =>
    typeof value !== 'string' || holds(value)

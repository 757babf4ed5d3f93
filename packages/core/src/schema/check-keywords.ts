import { KindGuard, type TRecord, type TSchema } from '@sinclair/typebox'
import { throwDefinitionError } from '../definition-error.js'
import { some } from './traverse.js'
import { describeFormatProblem } from './formats.js'
import { describePatternProblem, hasUnicodeEscape } from './patterns.js'
import { templateOf } from './template-literal.js'

/** Throws for a keyword that is invalid, or that TypeBox and JSON Schema understand differently. */
export const checkKeywords = (schema: TSchema, path: string): void => {
  const { multipleOf, pattern }: Readonly<Record<string, unknown>> = { ...schema }
  if (typeof multipleOf === 'number' && !(multipleOf > 0))
    throwDefinitionError(path, `expected multipleOf to be more than 0, got ${multipleOf}`)
  if (typeof pattern === 'string') checkPattern(pattern, path)
  if (KindGuard.IsString(schema)) checkString(schema, path)
  if (KindGuard.IsRecord(schema)) checkRecord(schema, path)
  if (KindGuard.IsRegExp(schema)) {
    checkPattern(schema.source, path)
    if (/[gy]/.test(schema.flags)) {
      throwDefinitionError(
        path,
        `with the flags "${schema.flags}", a regular expression goes on where it stopped for the value before; leave out g and y`,
      )
    }
  }
  for (const part of KindGuard.IsNot(schema) ? [schema.not] : KindGuard.IsArray(schema) ? [schema.contains] : []) {
    if (KindGuard.IsSchema(part) && some(part, inside => KindGuard.IsDate(inside) || KindGuard.IsUint8Array(inside))) {
      throwDefinitionError(
        `${path}.${KindGuard.IsNot(schema) ? 'not' : 'contains'}`,
        'a date or binary data is not recognized here in the form in which it is sent; use a schema of strings, or leave it out',
      )
    }
  }
}

const checkString = ({ format, minByteLength, maxByteLength }: TSchema, path: string): void => {
  const problem = typeof format === 'string' ? describeFormatProblem(format) : undefined
  if (problem !== undefined) throwDefinitionError(path, problem)
  for (const [keyword, bytes] of Object.entries({ minByteLength, maxByteLength })) {
    if (bytes !== undefined && !(Number.isInteger(bytes) && bytes >= 0))
      throwDefinitionError(path, `expected ${keyword} to be a non-negative integer, got ${String(bytes)}`)
  }
}

const checkRecord = ({ patternProperties }: TRecord, path: string): void => {
  for (const pattern of Object.keys(patternProperties)) {
    checkPattern(pattern, path)
    // TypeBox keeps only the pattern of a template literal that is the key of a record.
    if (templateOf(pattern) !== undefined) {
      throwDefinitionError(
        path,
        `a record's keys can't be a template literal with several open parts, because long keys take too long to match; use one \${string}, or Type.String({ pattern }) with a regular expression of your own`,
      )
    }
    if (hasUnicodeEscape(pattern)) {
      throwDefinitionError(
        path,
        `TypeBox matches a record's keys without the flag u, where ${JSON.stringify(pattern)} means something else; write the characters out`,
      )
    }
  }
}

const checkPattern = (pattern: string, path: string): void => {
  const problem = describePatternProblem(pattern)
  if (problem !== undefined) throwDefinitionError(path, problem)
}

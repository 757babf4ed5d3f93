import { Kind, TransformKind } from '@sinclair/typebox'
import { isPlainObject, throwDefinitionError } from '../definition-error.js'
import { describeFormatProblem } from './formats.js'
import { innerSchemas } from './inner-schemas.js'
import { describePatternProblem } from './patterns.js'

/** Throws for hand-written JSON Schema with an unknown format or an invalid regular expression as a pattern. */
export const checkUnsafe = (schema: object, path: string, parents: readonly object[] = []): void => {
  // A schema that contains itself has been checked already.
  if (parents.includes(schema)) return
  const { format, multipleOf, pattern, patternProperties, type }: Readonly<Record<string, unknown>> = { ...schema }
  const problem = typeof format === 'string' && appliesToStrings(type) ? describeFormatProblem(format) : undefined
  if (problem !== undefined) throwDefinitionError(path, problem)
  if (typeof multipleOf === 'number' && !(multipleOf > 0))
    throwDefinitionError(path, `expected multipleOf to be more than 0, got ${multipleOf}`)
  const patterns = isPlainObject(patternProperties) ? Object.keys(patternProperties) : []
  for (const each of typeof pattern === 'string' ? [pattern, ...patterns] : patterns) checkPattern(each, path)
  if (parents.length > 0) checkForeign(schema, type, path)
  for (const inner of innerSchemas(schema)) checkUnsafe(inner.schema, path + inner.step, [...parents, schema])
}

/** Throws for a schema of TypeBox that means more, or something else, than its keywords. */
const checkForeign = (schema: object, type: unknown, path: string): void => {
  if (TransformKind in schema) {
    throwDefinitionError(
      path,
      'a transform inside hand-written JSON Schema is not applied; transform the whole Type.Unsafe, or write the schemas around it with Type.Object and the like',
    )
  }
  if (Kind in schema && typeof type === 'string' && !TYPES.has(type)) {
    throwDefinitionError(
      path,
      `hand-written JSON Schema knows no type "${type}", so nothing would match; write the schemas around it with Type.Object and the like`,
    )
  }
}

const TYPES: ReadonlySet<string> = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'])

/**
 * Returns whether the format of a schema with this type is checked. Formats are checked for strings only: `int32` of an
 * integer is an annotation.
 */
const appliesToStrings = (type: unknown): boolean =>
  type === undefined || type === 'string' || (Array.isArray(type) && type.includes('string'))

const checkPattern = (pattern: string, path: string): void => {
  const problem = describePatternProblem(pattern)
  if (problem !== undefined) throwDefinitionError(path, problem)
}

import { isPlainObject, throwDefinitionError } from '../definition-error.js'
import { describeFormatProblem } from './formats.js'
import { innerSchemas } from './inner-schemas.js'

/** Throws for hand-written JSON Schema with an unknown format or an invalid regular expression as a pattern. */
export const checkUnsafe = (schema: object, path: string, parents: readonly object[] = []): void => {
  // A schema that contains itself has been checked already.
  if (parents.includes(schema)) return
  const { format, pattern, patternProperties, type }: Readonly<Record<string, unknown>> = { ...schema }
  const problem = typeof format === 'string' && appliesToStrings(type) ? describeFormatProblem(format) : undefined
  if (problem !== undefined) throwDefinitionError(path, problem)
  const patterns = isPlainObject(patternProperties) ? Object.keys(patternProperties) : []
  for (const each of typeof pattern === 'string' ? [pattern, ...patterns] : patterns) checkPattern(each, path)
  for (const inner of innerSchemas(schema)) checkUnsafe(inner.schema, path + inner.step, [...parents, schema])
}

/**
 * Returns whether the format of a schema with this type is checked. Formats are checked for strings only: `int32` of an
 * integer is an annotation.
 */
const appliesToStrings = (type: unknown): boolean =>
  type === undefined || type === 'string' || (Array.isArray(type) && type.includes('string'))

const checkPattern = (pattern: string, path: string): void => {
  try {
    new RegExp(pattern, 'u').test('')
  } catch {
    throwDefinitionError(
      path,
      `the pattern ${JSON.stringify(pattern)} is not a valid regular expression with the flag u, which JSON Schema requires`,
    )
  }
}

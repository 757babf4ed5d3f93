import { isPlainObject, throwDefinitionError } from '../definition-error.js'
import { describeFormatProblem } from './formats.js'
import { innerSchemas } from './inner-schemas.js'

/** Refuses JSON Schema by hand with a format that nobody knows, or a pattern that is not a valid regular expression. */
export const checkUnsafe = (schema: object, path: string, parents: readonly object[] = []): void => {
  // What stands in itself has been looked at.
  if (parents.includes(schema)) return
  const { format, pattern, patternProperties, type }: Readonly<Record<string, unknown>> = { ...schema }
  const problem = typeof format === 'string' && isForTexts(type) ? describeFormatProblem(format) : undefined
  if (problem !== undefined) throwDefinitionError(path, problem)
  const patterns = isPlainObject(patternProperties) ? Object.keys(patternProperties) : []
  for (const each of typeof pattern === 'string' ? [pattern, ...patterns] : patterns) checkPattern(each, path)
  for (const inner of innerSchemas(schema)) checkUnsafe(inner.schema, path + inner.step, [...parents, schema])
}

/** Only texts have a format that is checked: of an integer, `int32` is a note. */
const isForTexts = (type: unknown): boolean =>
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

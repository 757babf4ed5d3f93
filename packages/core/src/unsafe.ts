import { isPlainObject, refuse } from './definition.js'
import { refuseFormat } from './formats.js'

/** Keywords of JSON Schema that hold schemas by name. */
const NAMED: ReadonlySet<string> = new Set([
  '$defs',
  'definitions',
  'dependentSchemas',
  'patternProperties',
  'properties',
])
/** Keywords whose values are no schemas, whatever they look like. */
const DATA: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'examples', 'required', 'type'])

/** Refuses JSON Schema by hand with a format that nobody knows, or a pattern that is no regular expression. */
export const checkUnsafe = (schema: unknown, path: string, parents: readonly unknown[] = []): void => {
  if (Array.isArray(schema)) {
    for (const [index, part] of schema.entries()) checkUnsafe(part, `${path}[${index}]`, parents)
    return
  }
  // What stands in itself has been looked at.
  if (!isPlainObject(schema) || parents.includes(schema)) return
  const { format, pattern } = schema
  const problem = typeof format === 'string' && isForTexts(schema['type']) ? refuseFormat(format) : undefined
  if (problem !== undefined) refuse(path, problem)
  if (typeof pattern === 'string') checkPattern(pattern, path)
  for (const [keyword, value] of Object.entries(schema)) {
    if (DATA.has(keyword)) continue
    if (!NAMED.has(keyword)) checkUnsafe(value, `${path}.${keyword}`, [...parents, schema])
    else if (isPlainObject(value)) {
      for (const [name, part] of Object.entries(value)) {
        if (keyword === 'patternProperties') checkPattern(name, path)
        const step = keyword === 'properties' ? `.${name}` : `.${keyword}["${name}"]`
        checkUnsafe(part, path + step, [...parents, schema])
      }
    }
  }
}

/** Only texts have a format that is checked: of an integer, `int32` is a note. */
const isForTexts = (type: unknown): boolean =>
  type === undefined || type === 'string' || (Array.isArray(type) && type.includes('string'))

const checkPattern = (pattern: string, path: string): void => {
  try {
    new RegExp(pattern, 'u').test('')
  } catch {
    refuse(
      path,
      `the pattern ${JSON.stringify(pattern)} is no regular expression with the flag u, as JSON Schema has it`,
    )
  }
}

import { isPlainObject } from '../definition-error.js'

/** A schema inside another. */
export interface InnerSchema {
  /** The step to it, such as `.items`, `.anyOf[0]` or `.$defs["id"]`. */
  readonly step: string
  readonly schema: Readonly<Record<string, unknown>>
}

/** Keywords of JSON Schema whose value is a record of schemas by name. */
const NAMED: ReadonlySet<string> = new Set([
  '$defs',
  'definitions',
  'dependencies',
  'dependentSchemas',
  'patternProperties',
  'properties',
])
/** Keywords whose values are not schemas, whatever they look like. */
const DATA: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'examples', 'required', 'type'])

/**
 * Lists the schemas directly inside hand-written JSON Schema. A property can have the name of a keyword: `default`
 * holds a value, `properties.default` a schema.
 */
export const innerSchemas = (schema: object): readonly InnerSchema[] =>
  Object.entries(schema).flatMap(([keyword, value]: [string, unknown]) => {
    if (DATA.has(keyword)) return []
    if (Array.isArray(value)) return value.flatMap((part, index) => innerSchema(`.${keyword}[${index}]`, part))
    if (!NAMED.has(keyword) || !isPlainObject(value)) return innerSchema(`.${keyword}`, value)
    return Object.entries(value).flatMap(([name, part]) =>
      innerSchema(keyword === 'properties' ? `.${name}` : `.${keyword}["${name}"]`, part),
    )
  })

const innerSchema = (step: string, schema: unknown): InnerSchema[] => (isPlainObject(schema) ? [{ step, schema }] : [])

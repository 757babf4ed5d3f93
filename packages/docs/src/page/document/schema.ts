import { constantOf, isJson, type Json, listIn, property, textIn } from '../../parse/json.js'

/** The kind of a schema, which determines its description and its form. */
export type Kind =
  | 'any'
  | 'never'
  | 'const'
  | 'enum'
  | 'object'
  | 'array'
  | 'tuple'
  | 'union'
  | 'all'
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'null'
  | 'binary'
  | 'other'

const PRIMITIVES: ReadonlySet<unknown> = new Set(['string', 'number', 'integer', 'boolean', 'null', 'object'])

const isPrimitive = (type: unknown): type is Kind => PRIMITIVES.has(type)

/** Returns the kind of a resolved schema. */
export const kindOf = (schema: unknown): Kind => {
  if (schema === false) return 'never'
  if (!isJson(schema)) return 'any'
  if (Object.hasOwn(schema, 'const') || constantOf(schema) !== undefined) return 'const'
  if (Array.isArray(schema['enum'])) return 'enum'
  if (isBinary(schema)) return 'binary'
  if (variantsOf(schema).length > 0) return 'union'
  if (listIn(schema, 'allOf').length > 0) return 'all'
  const type = schema['type']
  if (type === 'array' || Array.isArray(schema['items'])) return Array.isArray(schema['items']) ? 'tuple' : 'array'
  if (isPrimitive(type)) return type
  if (isJson(schema['properties'])) return 'object'
  const never = schema['not']
  if (isJson(never) && Object.keys(never).length === 0) return 'never'
  return never === undefined ? 'any' : 'other'
}

/** Returns true for bytes: a `Uint8Array` in the contract, an attachment on the wire. */
const isBinary = (schema: Json): boolean => schema['type'] === 'string' && schema['format'] === 'binary'

/** Returns the alternatives of a schema: the members of a union, or one per type of a list. */
export const variantsOf = (schema: unknown): readonly unknown[] => {
  const alternatives = [...listIn(schema, 'oneOf'), ...listIn(schema, 'anyOf')]
  if (alternatives.length > 0) return alternatives
  const types = listIn(schema, 'type')
  return types.map(type => (type === 'null' ? { type } : withType(schema, type)))
}

const withType = (schema: unknown, type: unknown): Json => ({ ...(isJson(schema) ? schema : {}), type })

/** Returns the properties of an object in order, each with a flag for required ones. */
export const propertiesOf = (schema: unknown): readonly { name: string; schema: unknown; isRequired: boolean }[] => {
  const required = listIn(schema, 'required')
  const properties = property(schema, 'properties')
  return Object.entries(isJson(properties) ? properties : {}).map(([name, own]) => ({
    name,
    schema: own,
    isRequired: required.includes(name),
  }))
}

/** Returns the schema of undeclared properties, or `undefined` if none is declared or they are excluded. */
export const otherProperties = (schema: unknown): unknown => {
  const others = property(schema, 'additionalProperties')
  if (isJson(others)) return others
  const patterns = property(schema, 'patternProperties')
  return isJson(patterns) ? Object.values(patterns)[0] : undefined
}

/**
 * Returns a short label for a schema's type: `string`, `array of User`, `"a" | "b"`. `nameOf` names the target of a reference.
 */
export const typeLabel = (schema: unknown, nameOf: (schema: unknown) => string | undefined): string => {
  const name = nameOf(schema)
  if (name !== undefined) return name
  const kind = kindOf(schema)
  switch (kind) {
    case 'any':
      return 'any value'
    case 'never':
      return 'nothing'
    case 'const':
      return literal(constantOf(schema))
    case 'enum':
      return enumLabel(listIn(schema, 'enum'))
    case 'array':
      return `array of ${typeLabel(property(schema, 'items'), nameOf)}`
    case 'union':
      return unionLabel(variantsOf(schema).map(variant => nameOf(variant) ?? variantLabel(variant, nameOf)))
    case 'object':
      return textIn(schema, 'title') === undefined && otherProperties(schema) !== undefined ? 'record' : 'object'
    case 'all':
      return 'all of'
    case 'binary':
      return 'bytes'
    case 'other':
      return 'other'
    default:
      return kind
  }
}

/** Returns the label of a variant, which is its title if that says more than its type. */
export const variantLabel = (variant: unknown, nameOf: (schema: unknown) => string | undefined): string =>
  (kindOf(variant) === 'object' ? textIn(variant, 'title') : undefined) ?? typeLabel(variant, nameOf)

const enumLabel = (values: readonly unknown[]): string => {
  const shown = values.slice(0, 6).map(literal).join(' | ')
  return values.length > 6 ? `${shown} | … ${values.length - 6} more` : shown
}

const unionLabel = (labels: readonly string[]): string => {
  const different = [...new Set(labels)]
  return different.length === 1 && different[0] === 'object' ? 'one of' : different.join(' | ')
}

/** Returns a value as JSON on one line. */
export const literal = (value: unknown): string => JSON.stringify(value) ?? 'undefined'

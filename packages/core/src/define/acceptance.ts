import { KindGuard, Type, type TSchema } from '@sinclair/typebox'
import { areEqual } from '../codec/equality.js'
import { interpreter } from '../codec/interpreter.js'
import { isObject } from '../codec/objects.js'
import { passes } from '../codec/validator.js'
import { isPlainObject } from '../definition-error.js'
import { withChildren } from '../schema/children.js'

/**
 * Returns whether a schema may accept a value that has no numbers. Of a `Type.Unsafe`, which the interpreter leaves to the server,
 * only the keywords are read that reject such values most plainly.
 */
export const mayAccept = (schema: TSchema, path: string, value: unknown): boolean =>
  passes(interpreter.validatorFor(withoutUnsafe(schema, value), path), value)

/** Replaces each `Type.Unsafe` that rejects its part of a value. */
const withoutUnsafe = (schema: TSchema, value: unknown): TSchema => {
  if (KindGuard.IsUnsafe(schema)) return rejects(schema, value) ? Type.Never() : schema
  return withChildren(schema, (child, step) => {
    if (SAME_VALUE.test(step)) return withoutUnsafe(child, value)
    const name = step.slice(1)
    return isObject(value) && Object.hasOwn(value, name) ? withoutUnsafe(child, value[name]) : child
  })
}

/** Matches the steps to schemas of the same value. */
const SAME_VALUE = /^\.(?:allOf\[|anyOf\[|not$)/

const rejects = (
  { type, nullable, enum: values, const: only, required, properties, patternProperties, additionalProperties }: TSchema,
  value: unknown,
): boolean => {
  const isOfType = type === undefined || [type].flat().includes(typeOf(value)) || (value === null && nullable === true)
  if (!isOfType) return true
  if (Array.isArray(values) && !values.some(each => areEqual(each, value))) return true
  if (only !== undefined && !areEqual(only, value)) return true
  if (!isPlainObject(value)) return false
  if (Array.isArray(required) && !required.every(name => Object.hasOwn(value, String(name)))) return true
  const declared = isPlainObject(properties) ? properties : {}
  return (
    additionalProperties === false &&
    patternProperties === undefined &&
    !Object.keys(value).every(name => Object.hasOwn(declared, name))
  )
}

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

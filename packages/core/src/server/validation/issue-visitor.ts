import { Kind, KindGuard, Type, type TArray, type TObject, type TSchema, type TString } from '@sinclair/typebox'
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler'
import { Errors, GetErrorFunction, ValueErrorType } from '@sinclair/typebox/errors'
import { isBytes } from '../../codec/objects.js'
import type { AddIssue } from '../../codec/validator.js'
import type { Issue } from '../../wire.js'

/** Adds the issues of a value, whose place is `path`. Returns `false` once there are enough. */
export type VisitIssues = (value: unknown, path: string, add: AddIssue) => boolean

/** Returns the function that finds the issues of a value by a schema. */
export type FindIssues = (schema: TSchema) => (value: unknown) => Iterable<Issue>

/**
 * Returns a function that finds the issues that TypeBox finds, in its order. Objects, lists and what is in them it visits by itself,
 * and skips what is valid: TypeBox needs two generators for each value. For all other kinds it asks `find`.
 */
export const issueVisitorOf = (schema: TSchema, find: FindIssues): VisitIssues => {
  if (isPlainObject(schema)) return objectVisitor(schema, find)
  if (isPlainArray(schema)) return arrayVisitor(schema, find)
  if (isPlainString(schema)) return stringVisitor(schema)
  return LEAVES.has(schema[Kind]) ? visitorOfAll(value => Errors(schema, [], value)) : visitorOfAll(find(schema))
}

/** The kinds whose errors need neither other messages nor another search. */
const LEAVES: ReadonlySet<string> = new Set(['Boolean', 'Integer', 'Literal', 'Null', 'Number', 'String'])

const isPlainObject = (schema: TSchema): schema is TObject =>
  KindGuard.IsObject(schema) &&
  schema.minProperties === undefined &&
  schema.maxProperties === undefined &&
  (schema.additionalProperties === undefined || schema.additionalProperties === false)

const isPlainArray = (schema: TSchema): schema is TArray =>
  KindGuard.IsArray(schema) &&
  schema.uniqueItems !== true &&
  [schema.contains, schema.minContains, schema.maxContains].every(keyword => keyword === undefined)

const isPlainString = (schema: TSchema): schema is TString =>
  KindGuard.IsString(schema) && schema.pattern === undefined && schema.format === undefined

const visitorOfAll =
  (find: (value: unknown) => Iterable<Issue>): VisitIssues =>
  (value, path, add) => {
    for (const issue of find(value)) if (!add(path + issue.path, issue.message)) return false
    return true
  }

const objectVisitor = (schema: TObject, find: FindIssues): VisitIssues => {
  const required = schema.required ?? []
  const known: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(schema.properties))
  const properties = Object.entries(schema.properties).map(([key, property]) => ({
    key,
    path: pathOf(key),
    isRequired: required.includes(key),
    fits: quickCheckOf(property),
    visit: issueVisitorOf(property, find),
  }))
  const visitBytes = visitorOfAll(find(schema))
  return (value, path, add) => {
    if (!isObjectLike(value)) return add(path, messageOf(ValueErrorType.Object, schema, path, value))
    if (isBytes(value)) return visitBytes(value, path, add)
    for (const key of required) {
      if (Object.hasOwn(value, key)) continue
      const place = path + pathOf(key)
      const property = schema.properties[key] ?? schema
      if (!add(place, messageOf(ValueErrorType.ObjectRequiredProperty, property, place, undefined))) return false
    }
    for (const key of schema.additionalProperties === false ? Object.getOwnPropertyNames(value) : []) {
      if (known.has(key)) continue
      const place = path + pathOf(key)
      if (!add(place, messageOf(ValueErrorType.ObjectAdditionalProperties, schema, place, value[key]))) return false
    }
    for (const { key, path: at, isRequired, fits, visit } of properties) {
      if (!isRequired && !isGiven(value, key)) continue
      const part = value[key]
      if (!fits(part) && !visit(part, path + at, add)) return false
    }
    return true
  }
}

const arrayVisitor = (schema: TArray, find: FindIssues): VisitIssues => {
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema
  const visit = issueVisitorOf(items, find)
  let type: TypeCheck<TSchema> | undefined
  return (value, path, add) => {
    if (!Array.isArray(value)) return add(path, messageOf(ValueErrorType.Array, schema, path, value))
    if (value.length < minItems && !add(path, messageOf(ValueErrorType.ArrayMinItems, schema, path, value)))
      return false
    if (value.length > maxItems && !add(path, messageOf(ValueErrorType.ArrayMaxItems, schema, path, value)))
      return false
    type ??= TypeCompiler.Compile(items)
    for (let at = 0; at < value.length; at++)
      if (!type.Check(value[at]) && !visit(value[at], `${path}/${at}`, add)) return false
    return true
  }
}

const stringVisitor = (schema: TString): VisitIssues => {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema
  return (value, path, add) => {
    const addOf = (errorType: ValueErrorType): boolean => add(path, messageOf(errorType, schema, path, value))
    if (typeof value !== 'string') return addOf(ValueErrorType.String)
    if (value.length < minLength && !addOf(ValueErrorType.StringMinLength)) return false
    return value.length <= maxLength || addOf(ValueErrorType.StringMaxLength)
  }
}

/** Returns a check that passes only what certainly has no issue. */
const quickCheckOf = (schema: TSchema): ((value: unknown) => boolean) => {
  if (KindGuard.IsBoolean(schema)) return value => typeof value === 'boolean'
  if (isPlainString(schema)) {
    const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema
    return value => typeof value === 'string' && value.length >= minLength && value.length <= maxLength
  }
  return () => false
}

const messageOf = (errorType: ValueErrorType, schema: TSchema, path: string, value: unknown): string =>
  GetErrorFunction()({ errorType, schema, path, value, errors: [] })

// What TypeBox takes for an object, or for a property that is not there, the application can change at any time: where that matters,
// TypeBox is asked.
const isObjectLike = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && (!Array.isArray(value) || !hasErrors(ANY_OBJECT, value))

const isGiven = (value: Readonly<Record<string, unknown>>, key: string): boolean =>
  value[key] !== undefined || (key in value && hasErrors(WITHOUT_KEY, { key: undefined }))

const hasErrors = (schema: TSchema, value: unknown): boolean => Errors(schema, [], value).First() !== undefined

const ANY_OBJECT = Type.Object({})
const WITHOUT_KEY = Type.Object({ key: Type.Optional(Type.Never()) })

/** Returns the JSON pointer of a property. */
const pathOf = (key: string): string => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`

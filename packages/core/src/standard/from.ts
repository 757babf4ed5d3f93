import { Kind, OptionalKind, TransformKind, Type, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { mismatch } from '../codec/transform-error.js'
import { isPlainObject, kindOf } from '../definition-error.js'
import { foreignOf, FOREIGN, FROM, type Foreign, type ForeignProblem } from '../schema/foreign.js'
import { isPromiseRefusal } from '../thenable.js'
import { acceptsAnything, hasReference } from './json-schema.js'
import type { LibrarySchema } from './library.js'
import { callsOf, type Outcome } from './outcome.js'
import { isStandard, standardLibrary } from './standard-schema.js'
import { compileTypeBox, isCompiledTypeBox, isTypeBox, typeboxLibrary } from './typebox.js'

const made = new WeakMap<object, TSchema>()

/** Returns the schema for one of another library, one for each. @throws TypeError for what is not a schema. */
export const schemaFrom = (given: unknown): TSchema => {
  if ((typeof given !== 'object' && typeof given !== 'function') || given === null) return throwNoSchema(kindOf(given))
  const known = made.get(given)
  if (known !== undefined) return known
  const schema = schemaOf(given)
  made.set(given, schema)
  return schema
}

const schemaOf = (given: object): TSchema => {
  if (Kind in given) return throwNoSchema('a schema of @sinclair/typebox, which a contract takes as it is')
  // First, because in early versions it is a standard schema without JSON Schema as well.
  if (isCompiledTypeBox(given)) return foreignSchema(typeboxLibrary(given))
  if (isStandard(given)) return foreignSchema(standardLibrary(given))
  if (isTypeBox(given)) return foreignSchema(typeboxLibrary(compileTypeBox(given)))
  return isPlainObject(given) ? Type.Unsafe({ ...given }) : throwNoSchema(kindOf(given))
}

const throwNoSchema = (got: string): never => {
  throw new TypeError(
    `ackwire: from: expected a schema of Zod, Valibot, ArkType or another library with Standard JSON Schema, of typebox, or a JSON Schema object, got ${got}`,
  )
}

const foreignSchema = (library: LibrarySchema): TSchema => {
  TypeRegistry.Set<TSchema>(FROM, (schema, value) => foreignOf(schema)?.check(value) ?? false)
  const { json, validate, isOptional = !acceptsAnything(json) } = library
  const { check, issues, decode, encode } = callsOf(library, mismatch)
  const missing = validate(undefined)
  const acceptsUndefined = missing.kind === 'valid'
  const canBeMissing = acceptsUndefined && isOptional
  const isFilled = canBeMissing && missing.value !== undefined
  const foreign: Foreign = Object.freeze({
    library: library.library,
    json,
    problem: library.problem ?? asynchronous(missing) ?? (isFilled && library.converts ? CONVERTED_DEFAULT : undefined),
    oneWay: library.oneWay,
    isRecursive: hasReference(json),
    acceptsUndefined,
    check,
    issues,
  })
  const { $schema: _, $defs: _defs, definitions: _definitions, default: _default, ...keywords } = json
  const schema: object = {
    ...keywords,
    ...(isFilled && { default: () => decode(undefined) }),
    ...(canBeMissing && { [OptionalKind]: 'Optional' }),
    [Kind]: FROM,
    [TransformKind]: { Decode: decode, Encode: encode },
    [FOREIGN]: () => foreign,
  }
  return schema as TSchema // Without the types that TypeBox infers.
}

const asynchronous = (missing: Outcome): ForeignProblem | undefined =>
  missing.kind === 'failed' && isPromiseRefusal(missing.error) ? { step: '', message: ASYNCHRONOUS } : undefined

const ASYNCHRONOUS =
  'the schema is asynchronous, and a contract validates in the tick in which a message arrives; leave out asynchronous checks and transforms, and await in the handler'

const CONVERTED_DEFAULT: ForeignProblem = {
  step: '',
  message:
    'the default is a value of the application, which is not filled in for one that is received; put the schema into an object of its library, or leave the default out',
}

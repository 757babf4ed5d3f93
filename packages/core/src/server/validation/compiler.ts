import { Kind, type TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { guardBytes } from '../../codec/bytes.js'
import { branches, branchingOf } from '../../codec/recursive-union.js'
import { linearOf, withMessages, cachingKeys } from '../../codec/linear-time.js'
import { firstIssues, type Checker, type Validator } from '../../codec/validator.js'
import { throwDefinitionError } from '../../definition-error.js'
import { refersBack, some } from '../../schema/traverse.js'
import { errorFinderOf, type FindErrors } from './validation-errors.js'
import { explained, prepareJsonSchema } from './unsafe-schema.js'

const compiled = new WeakMap<TSchema, Validator>()

/** Compiles each schema object once per process, when its first value is checked. */
export const compiler: Checker = {
  validatorFor(schema, path) {
    const known = compiled.get(schema)
    if (known !== undefined) return known
    const validator = compile(schema, path)
    compiled.set(schema, validator)
    return validator
  },
  checkOf(part) {
    const type = TypeCompiler.Compile(linearOf(part))
    return cachingKeys(part, value => type.Check(value))
  },
}

const compile = (schema: TSchema, path: string): Validator => {
  let made: Validator | undefined
  const validator = (): Validator => (made ??= validatorOf(schema))
  if (!isProven || some(schema, isUncertain)) {
    try {
      validator()
      isProven = true
    } catch (error) {
      throwDefinitionError(path, `TypeBox can't compile this schema: ${String(error)}`)
    }
  }
  return {
    check: value => validator().check(value),
    issues: (value, at, most) => validator().issues(value, at, most),
  }
}

const validatorOf = (given: TSchema): Validator => {
  const schema = linearOf(given)
  const type = TypeCompiler.Compile(schema)
  prepareJsonSchema(schema)
  const branching = branches(schema) ? branchingOf(schema, compiler) : undefined
  let made: FindErrors | undefined
  const findErrors: FindErrors =
    branching?.findErrors ??
    (value => (made ??= refersBack(schema) ? inside => type.Errors(inside) : errorFinderOf(schema))(value))
  const guardedFind = guardBytes(findErrors, schema, compiler)
  return {
    check: cachingKeys(given, branching?.check ?? (value => type.Check(value))),
    issues: cachingKeys(given, (value, at, most) => firstIssues(explained(withMessages(guardedFind(value))), at, most)),
  }
}

/** True once a schema was compiled, which shows that this process lets code be generated; the first is compiled before any value is received. */
let isProven = false

/** Tells whether a schema that the contract accepts might still fail to compile. */
const isUncertain = (schema: TSchema): boolean => !CERTAIN.has(schema[Kind]) || schema['uniqueItems'] === true

const CERTAIN: ReadonlySet<string> = new Set([
  'Any',
  'Array',
  'Boolean',
  'Date',
  'Integer',
  'Intersect',
  'Literal',
  'Never',
  'Not',
  'Null',
  'Number',
  'Object',
  'String',
  'Tuple',
  'Uint8Array',
  'Union',
  'Unknown',
])

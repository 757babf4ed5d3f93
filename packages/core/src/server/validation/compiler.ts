import { Kind, type TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { carefulOf } from '../../codec/bytes.js'
import { branches, branchingOf } from '../../codec/recursive-union.js'
import { linearOf, worded, writingOnce } from '../../codec/linear-time.js'
import { firstIssues, type Checker, type Validator } from '../../codec/validator.js'
import { throwDefinitionError } from '../../definition-error.js'
import { refersBack, some } from '../../schema/traverse.js'
import { differencesOf, type Differences } from './validation-errors.js'
import { explained, prepareJsonSchema } from './unsafe-schema.js'

const compiled = new WeakMap<TSchema, Validator>()

/** Compiles a schema, once for each schema object in the process, when the first value comes. */
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
    return writingOnce(part, value => type.Check(value))
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
  let differences: Differences | undefined
  const differ: Differences =
    branching?.differences ??
    (value => (differences ??= refersBack(schema) ? inside => type.Errors(inside) : differencesOf(schema))(value))
  const careful = carefulOf(differ, schema, compiler)
  return {
    check: writingOnce(given, branching?.check ?? (value => type.Check(value))),
    issues: writingOnce(given, (value, at, most) => firstIssues(explained(worded(careful(value))), at, most)),
  }
}

/** True once a schema was compiled, which shows that this process lets code be generated; the first is compiled before any value is received. */
let isProven = false

/** Tells whether a schema that the contract takes could still be one that TypeBox does not compile. */
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

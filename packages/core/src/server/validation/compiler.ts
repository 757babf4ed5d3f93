import { Kind, type TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { guardBytes } from '../../codec/bytes.js'
import { branches, branchingOf } from '../../codec/recursive-union.js'
import { linearOf, withMessages, cachingKeys } from '../../codec/linear-time.js'
import { collectIssues, firstIssues, type Checker, type Validator } from '../../codec/validator.js'
import { throwDefinitionError } from '../../definition-error.js'
import { refersBack, some } from '../../schema/traverse.js'
import { issueVisitorOf, type FindIssues, type VisitIssues } from './issue-visitor.js'
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
  const check = branching?.check ?? ((value: unknown) => type.Check(value))
  const issues = refersBack(schema)
    ? searchFor(issuesBy(schema, branching?.findErrors ?? (value => type.Errors(value))))
    : visitFor(schema)
  return { check: cachingKeys(given, check), issues: cachingKeys(given, issues) }
}

const searchFor =
  (find: ReturnType<FindIssues>): Validator['issues'] =>
  (value, at, most) =>
    firstIssues(find(value), at, most)

const visitFor = (schema: TSchema): Validator['issues'] => {
  let visit: VisitIssues | undefined
  return (value, at, most) => {
    const visitAll = (visit ??= issueVisitorOf(schema, findIssues))
    return collectIssues(at, most, add => visitAll(value, at, add))
  }
}

/** Makes what finds the issues of a part of a schema when it is first needed. */
const findIssues: FindIssues = part => {
  let find: ReturnType<FindIssues> | undefined
  return value => (find ??= issuesBy(part, errorFinderOf(part)))(value)
}

const issuesBy = (schema: TSchema, findErrors: FindErrors): ReturnType<FindIssues> => {
  const guardedFind = guardBytes(findErrors, schema, compiler)
  return value => explained(withMessages(guardedFind(value)))
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

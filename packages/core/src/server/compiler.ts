import type { TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { firstIssues, type Checker, type Validator } from '../codec/validator.js'
import { refuse } from '../definition.js'
import { explained } from './json-schema.js'

const compiled = new WeakMap<TSchema, Validator>()

/** Compiles a schema, once for each schema object in the process. */
export const compiler: Checker = {
  validatorFor(schema, path) {
    const known = compiled.get(schema)
    if (known !== undefined) return known
    const validator = compile(schema, path)
    compiled.set(schema, validator)
    return validator
  },
  checkOf(part) {
    const type = TypeCompiler.Compile(part)
    return value => type.Check(value)
  },
}

const compile = (schema: TSchema, path: string): Validator => {
  try {
    const type = TypeCompiler.Compile(schema)
    return {
      check: value => type.Check(value),
      issues: (value, at, most) => firstIssues(explained(type.Errors(value)), at, most),
    }
  } catch (error) {
    return refuse(path, `TypeBox can't compile this schema: ${String(error)}`)
  }
}

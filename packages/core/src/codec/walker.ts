import { Errors } from '@sinclair/typebox/errors'
import { Check } from '@sinclair/typebox/value'
import { firstIssues, type Checker } from './validator.js'

/** Walks a schema for each value, and so compiles nothing: it works where a page's policy forbids code that is made at run time. */
export const walker: Checker = {
  validatorFor: schema => ({
    check: value => Check(schema, value),
    issues: (value, path, most) => firstIssues(Errors(schema, [], value), path, most),
  }),
  checkOf: (part, references) => value => Check(part, references, value),
}

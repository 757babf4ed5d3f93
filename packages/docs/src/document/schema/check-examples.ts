import { Ajv, type ValidateFunction } from 'ajv'
import type { SchemaObject } from '../../asyncapi/asyncapi-types.js'
import { throwDefinitionError } from '../../definition/definition-error.js'

/** Throws for a schema that rejects its own default or examples. `schemas` are the document's components. */
export const checkClaims = (
  claims: readonly (readonly [path: string, schema: SchemaObject])[],
  schemas: Readonly<Record<string, SchemaObject>>,
): void => {
  for (const [path, schema] of claims) {
    const validate = compile({ ...schema, components: { schemas } }, path)
    const { default: fallback, examples } = schema
    if (fallback !== undefined) check(validate, fallback, `${path} default`)
    if (!Array.isArray(examples)) continue
    for (const [index, example] of examples.entries()) check(validate, example, `${path} examples[${index}]`)
  }
}

const compile = (schema: SchemaObject, path: string): ValidateFunction => {
  try {
    // Formats are registered by the application, so they are not checked here.
    return new Ajv({ strict: false, validateFormats: false }).compile(schema)
  } catch (error) {
    return throwDefinitionError(path, `${error instanceof Error ? error.message : String(error)}; correct the schema`)
  }
}

const check = (validate: ValidateFunction, value: unknown, path: string): void => {
  if (validate(value)) return
  const [error] = validate.errors ?? []
  const problem = [error?.instancePath, error?.message ?? 'does not match its schema'].filter(Boolean).join(': ')
  throwDefinitionError(path, `${problem}; correct the value or the schema`)
}

import { isRouter } from '@ackwire/core/internal'
import type { TSchema } from '@sinclair/typebox'
import { Value, ValueErrorType } from '@sinclair/typebox/value'
import { throwDefinitionError } from '../definition/definition-error.js'
import { ALLOW, OPTIONS, SCHEMES, SERVE_OPTIONS } from './options-schema.js'

/** Throws for options of the wrong form, and for unknown keys, which are mostly misspelled. */
export const checkForm = (options: unknown, form: TSchema = OPTIONS): void => {
  check(form, options, 'options')
  const schemes: unknown = Reflect.get(Object(options), 'securitySchemes')
  for (const [name, scheme] of Object.entries(Object(schemes))) {
    const schema = SCHEMES[String(Reflect.get(Object(scheme), 'type'))]
    if (schema !== undefined) check(schema, scheme, `options.securitySchemes${stepOf(name)}`)
  }
}

/** Throws for invalid options of a served page, like `checkForm`; `allow` must not be undefined if it is given. */
export const checkServeForm = (options: unknown): void => {
  checkForm(options, SERVE_OPTIONS)
  if (Object.hasOwn(Object(options), 'allow') && Reflect.get(Object(options), 'allow') === undefined)
    throwDefinitionError(
      'options.allow',
      `expected ${ALLOW}, got undefined; omit the option to show the page to everybody`,
    )
}

/** Throws unless the value is a contract. */
export const checkRouter = (api: unknown): void => {
  if (!isRouter(api))
    throwDefinitionError('the contract', `expected a router, made with router({ … }), got ${shown(api)}`)
}

/** Throws unless the value is a contract or a document that the page can show. */
export const checkSource = (source: unknown): void => {
  if (isRouter(source)) return
  const version: unknown = Reflect.get(Object(source), 'asyncapi')
  if (typeof version === 'string' && version.startsWith('3.')) return
  const got = version === undefined ? shown(source) : `one of AsyncAPI ${String(version)}`
  throwDefinitionError(
    'the contract',
    `expected a router, made with router({ … }), or a document of AsyncAPI 3, got ${got}`,
  )
}

const check = (schema: TSchema, value: unknown, root: string): void => {
  for (const { type, path, schema: expected, value: actual } of Value.Errors(schema, value)) {
    const steps = path
      .split('/')
      .slice(1)
      .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    const at = root + steps.map(stepOf).join('')
    if (type !== ValueErrorType.ObjectAdditionalProperties)
      throwDefinitionError(at, `expected ${wordOf(expected)}, got ${shown(actual)}`)
    if (!(steps.at(-1) ?? '').startsWith('x-'))
      throwDefinitionError(
        at,
        'there is no such option; check its spelling, or begin the name of an extension with "x-"',
      )
  }
}

const stepOf = (step: string): string => (/^[\w$-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`)

const wordOf = ({ description, anyOf, type }: TSchema): string => {
  if (description !== undefined) return description
  if (Array.isArray(anyOf) && anyOf.every(each => 'const' in each))
    return `one of ${anyOf.map(each => JSON.stringify(each.const)).join(', ')}`
  if (Array.isArray(anyOf)) return anyOf.map(wordOf).join(' or ')
  return type === 'array' || type === 'object' ? `an ${type}` : `a ${String(type).toLowerCase()}`
}

const shown = (value: unknown): string =>
  typeof value === 'function' ? 'a function' : (JSON.stringify(value)?.slice(0, 80) ?? String(value))

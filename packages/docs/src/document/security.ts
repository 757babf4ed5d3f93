import type { Reference } from '../asyncapi/asyncapi-types.js'
import { objectOf, throwDefinitionError } from '../definition/definition-error.js'
import { checkComponentKey } from '../asyncapi/identifiers.js'
import type { SecuritySchemes } from '../asyncapi/security-types.js'

/**
 * Creates references to the named schemes, any of which grants access.
 *
 * @throws TypeError for a name that the options don't define.
 */
export const createSecurity = (
  names: readonly string[] | undefined,
  schemes: SecuritySchemes,
  path: string,
): readonly Reference[] | undefined => {
  if (names === undefined || names.length === 0) return undefined
  return names.map(name => {
    if (!Object.hasOwn(schemes, name)) {
      const known = Object.keys(schemes).join(', ') || 'none'
      throwDefinitionError(`${path} security`, `unknown scheme "${name}"; the option securitySchemes has ${known}`)
    }
    checkComponentKey(name, `${path} security`, 'the scheme')
    return { $ref: `#/components/securitySchemes/${name}` }
  })
}

/** Returns all security schemes of the options, including unused ones; `undefined` if there are none. */
export const createSchemes = (schemes: SecuritySchemes): SecuritySchemes | undefined => {
  for (const name of Object.keys(schemes)) checkComponentKey(name, 'options.securitySchemes', 'the scheme')
  return objectOf(Object.entries(schemes))
}

import type { Reference } from '../../asyncapi/asyncapi-types.js'
import type { SecurityScheme, SecuritySchemes } from '../../asyncapi/security-types.js'
import type { Requirement } from '../../asyncapi/asyncapi-2-types.js'

/**
 * Converts a security scheme: AsyncAPI 2 has the required scopes beside the scheme's name, and another key for the available
 * ones.
 */
export const createScheme = (scheme: SecurityScheme): object => {
  if (scheme.type === 'openIdConnect') return without(scheme, 'scopes')
  if (scheme.type !== 'oauth2') return scheme
  const flows = Object.entries(scheme.flows).map(([name, { availableScopes, ...flow }]) => [
    name,
    { ...flow, scopes: availableScopes },
  ])
  return { ...without(scheme, 'scopes'), flows: Object.fromEntries(flows) }
}

/** Converts pointers to schemes into requirements. */
export const createRequirements = (
  security: readonly Reference[] | undefined,
  schemes: SecuritySchemes,
): readonly Requirement[] | undefined =>
  security?.map(({ $ref }) => {
    const name = $ref.slice($ref.lastIndexOf('/') + 1)
    const scheme = schemes[name]
    return { [name]: scheme !== undefined && 'scopes' in scheme ? (scheme.scopes ?? []) : [] }
  })

const without = (value: object, key: string): object =>
  Object.fromEntries(Object.entries(value).filter(([each]) => each !== key))

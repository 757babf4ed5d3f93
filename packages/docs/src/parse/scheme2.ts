import type { ApiNamespace } from './model.js'
import { type Json, jsonOf } from './json.js'

/** Converts a security scheme to version 3, in which it contains the required scopes. */
export const schemeOf = (
  name: string,
  scheme: Json,
  namespaces: readonly ApiNamespace[],
  note: (text: string) => void,
): Json => {
  const requirements = namespaces.flatMap(({ events }) => events.flatMap(({ security }) => security ?? []))
  const scopes = new Set(requirements.flatMap(requirement => requirement[name] ?? []))
  const isScoped = scheme['type'] === 'oauth2' || scheme['type'] === 'openIdConnect'
  if (scopes.size > 0 && !isScoped)
    note(`securitySchemes.${name}: its scopes are left out, since only OAuth has scopes`)
  const flows = Object.entries(jsonOf(scheme['flows'])).map(([flow, value]) => {
    const { scopes: availableScopes, ...rest } = jsonOf(value)
    return [flow, availableScopes === undefined ? rest : Object.assign(rest, { availableScopes })] as const
  })
  return {
    ...scheme,
    ...(flows.length === 0 ? {} : { flows: Object.fromEntries(flows) }),
    ...(scopes.size === 0 || !isScoped ? {} : { scopes: [...scopes] }),
  }
}

import type { Api, Requirement } from '../parse/model.js'
import { canonical, type Json } from '../parse/json.js'
import { without } from '../parse/metadata.js'
import type { Change } from './change.js'

/** Compares security: clients must still gain access with the same credentials. */
export const compareSecurity = (
  before: readonly Requirement[] | undefined,
  after: readonly Requirement[] | undefined,
  { where, part }: Pick<Change, 'where' | 'part'>,
  documents: { readonly before: Api; readonly after: Api },
): readonly Change[] => {
  const [old, now] = [before ?? [], after ?? []]
  const keyOf = (requirement: Requirement, api: Api): string =>
    canonical(Object.entries(requirement).map(([name, scopes]) => [name, [...scopes].sort(), schemeOf(api, name)]))
  const [known, wanted] = [
    old.map(each => keyOf(each, documents.before)),
    now.map(each => keyOf(each, documents.after)),
  ]
  if (canonical([...known].sort()) === canonical([...wanted].sort())) return []
  if (now.length === 0) return [{ class: 'compatible', where, part, what: 'is no longer required' }]
  if (old.length === 0) return [{ class: 'breaking', where, part, what: `${named(now)} is now required` }]
  const lost = old.filter((_, index) => !wanted.includes(known[index] ?? ''))
  if (lost.length === 0) return [{ class: 'compatible', where, part, what: `${named(now)} now grants access` }]
  const isSameName = canonical(old.map(nameOf)) === canonical(now.map(nameOf))
  return [
    {
      class: 'breaking',
      where,
      part,
      what: isSameName ? `${named(lost)} is now another scheme` : `${named(lost)} no longer grants access`,
    },
  ]
}

const nameOf = (requirement: Requirement): string =>
  Object.entries(requirement)
    .map(([name, scopes]) => (scopes.length === 0 ? name : `${name} (${scopes.join(', ')})`))
    .join(' and ')

const named = (requirements: readonly Requirement[]): string => requirements.map(nameOf).join(' or ')

const schemeOf = (api: Api, name: string): Json =>
  without(api.securitySchemes.get(name) ?? {}, ['description', 'bearerFormat'])

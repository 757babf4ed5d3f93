import type { Requirement, Said } from './model.js'
import { isJson, type Json, listOf, textOf } from './json.js'
import { nameOf, resolved } from './reference.js'

/**
 * Merges the metadata of the objects around an event; the first one takes precedence. Without a summary, the first of the titles is
 * it.
 */
export const readSaid = (document: Json, sources: readonly Json[], titles: readonly string[] = []): Said => {
  const all = (key: string): readonly string[] => [
    ...new Set(sources.map(source => textOf(source[key])?.trim() ?? '').filter(text => text !== '')),
  ]
  const [summary, ...furtherSummaries] = all('summary')
  const tags = new Map<string, Json>()
  for (const tag of sources.flatMap(source => readTags(document, source['tags']))) {
    tags.set(String(tag['name']), { ...tag, ...tags.get(String(tag['name'])) })
  }
  const docs = sources.map(source => source['externalDocs']).find(isJson)
  const deprecated = sources.some(source => source['deprecated'] === true || source['x-deprecated'] === true)
  return {
    summary: summary ?? titles[0],
    // What the others say follows, so that nothing is lost.
    description: [...all('description'), ...furtherSummaries].join('\n\n') || undefined,
    deprecated,
    tags: [...tags.values()].filter(tag => tag['name'] !== 'deprecated' || !deprecated),
    externalDocs: docs === undefined ? undefined : resolved(document, docs),
    examples: sources.flatMap(source => listOf(source['examples']).filter(isJson)),
  }
}

/** Returns the titles of the objects around an event that say more than its name, each once. */
export const titlesBeside = (name: string, sources: readonly Json[]): readonly string[] => {
  const titles = sources.flatMap(({ title }) =>
    typeof title === 'string' && title.trim() !== '' ? [title.trim()] : [],
  )
  return [...new Set(titles)].filter(title => wordOf(title) !== wordOf(name))
}

const wordOf = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** Returns tags as objects. */
export const readTags = (document: Json, tags: unknown): readonly Json[] =>
  listOf(tags)
    .map(tag => (typeof tag === 'string' ? { name: tag } : resolved(document, tag)))
    .filter(tag => typeof tag['name'] === 'string')

/** Returns the requirements, any of which grants access. AsyncAPI 3 refers to schemes; 2 names them with their scopes. */
export const readSecurity = (document: Json, security: unknown): readonly Requirement[] | undefined => {
  const requirements = listOf(security)
    .filter(isJson)
    .map(each => requirementOf(document, each))
  return requirements.length === 0 ? undefined : requirements
}

const requirementOf = (document: Json, requirement: Json): Requirement => {
  const scopes = (value: unknown): readonly string[] => listOf(value).map(String)
  const name = nameOf(requirement)
  if (name !== undefined) return { [name]: scopes(resolved(document, requirement)['scopes']) }
  // An inline scheme has no name, so its content identifies it.
  if (typeof requirement['type'] === 'string') return { [JSON.stringify(requirement)]: [] }
  return Object.fromEntries(Object.entries(requirement).map(([scheme, value]) => [scheme, scopes(value)]))
}

/** Returns the properties of an object that have not been read. */
export const without = (source: Json, known: readonly string[]): Json =>
  Object.fromEntries(Object.entries(source).filter(([key]) => !known.includes(key)))

import type { Place } from './place.js'

/** Names unnamed schemas. Generators create a type for each name, so names are unique. */
export interface Titles {
  /** Returns a unique name for a schema, which `source` identifies: that of its place, with a suffix if needed. */
  titleFor(place: Pick<Place, 'name' | 'isNamed'>, source: unknown): string
}

/** Creates the titles. The contract's own names are never generated. */
export const createTitles = (given: ReadonlySet<string>): Titles => {
  const sources = new Map<string, string>()
  return {
    titleFor({ name, isNamed }, source) {
      if (isNamed) return name
      const text = JSON.stringify(source)
      let title = name
      while (given.has(title) || (sources.get(title) ?? text) !== text) title += 'Value'
      sources.set(title, text)
      return title
    },
  }
}

/** Returns the place with the schema's title as its name, from which the names of its parts derive. */
export const titled = (schema: { readonly title?: unknown }, place: Place, titles: Titles): Place => ({
  ...place,
  name: typeof schema.title === 'string' ? schema.title : titles.titleFor(place, [schema, place.fills]),
})

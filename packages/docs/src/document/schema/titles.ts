import type { Place } from './place.js'

/** Gives names to what has none. Generators make a type of each name, so that no two schemas may share one. */
export interface Titles {
  /** A name for a schema, of which `source` is all that tells it from others: its place's, or that with a word after it. */
  titleFor(place: Pick<Place, 'name' | 'isNamed'>, source: unknown): string
}

/** Begins with the names that the contract gives: those are never made up. */
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

/** The place by the name that a schema has or gets, which its parts are named after. */
export const titled = (schema: { readonly title?: unknown }, place: Place, titles: Titles): Place => ({
  ...place,
  name: typeof schema.title === 'string' ? schema.title : titles.titleFor(place, [schema, place.fills]),
})

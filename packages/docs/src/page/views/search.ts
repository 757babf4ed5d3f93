import type { Api } from '../document/api.js'
import type { Direction } from '../document/event.js'
import { propertiesOf } from '../document/schema.js'
import { href } from '../state/route.js'

/** A search result. */
export interface Found {
  readonly href: string
  readonly label: string
  readonly note: string
  readonly kind: Direction | 'namespace' | 'schema'
}

interface Entry extends Found {
  readonly name: string
  readonly words: string
}

/** The search index, created once. */
export type Index = readonly Entry[]

/** Creates the search index. */
export const createIndex = (api: Api): Index => [
  ...api.namespaces.map(({ key, name, description = '', tags }) =>
    createEntry({ kind: 'namespace', href: href({ view: 'namespace', key }), label: name, note: 'namespace' }, [
      description,
      ...tags,
    ]),
  ),
  ...[...api.events.values()].map(event => {
    const namespace = api.namespaces.find(({ key }) => key === event.channel)?.name ?? ''
    const note = [namespace === '/' ? '' : namespace, event.summary ?? ''].filter(Boolean).join(' · ')
    return createEntry(
      { kind: event.direction, href: href({ view: 'event', key: event.id }), label: event.name, note },
      [
        event.description ?? '',
        namespace,
        ...event.tags,
        ...event.args.flatMap(({ name, schema }) => [
          name ?? '',
          ...propertiesOf(api.resolve(schema).value).map(property => property.name),
        ]),
        ...event.replies.map(({ code }) => code ?? ''),
      ],
    )
  }),
  ...[...api.schemas.keys()].map(key =>
    createEntry({ kind: 'schema', href: href({ view: 'schema', key }), label: key, note: 'schema' }, []),
  ),
]

const createEntry = (found: Found, words: readonly string[]): Entry => ({
  ...found,
  name: found.label.toLowerCase(),
  words: [found.label, found.note, ...words].join('\n').toLowerCase(),
})

/**
 * Returns the entries that contain all words of a query: names that begin with it first, then names that contain it, then the
 * rest.
 */
export const search = (index: Index, query: string): readonly Found[] => {
  const whole = query.trim().toLowerCase()
  const words = whole.split(/\s+/)
  const rank = ({ name }: Entry): number => (name.startsWith(whole) ? 0 : name.includes(whole) ? 1 : 2)
  return index
    .filter(entry => words.every(word => entry.words.includes(word)))
    .map(entry => ({ entry, rank: rank(entry) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ entry }) => entry)
}

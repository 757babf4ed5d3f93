import type { Api } from '../document/api.js'
import type { Direction } from '../document/event.js'
import { propertiesOf } from '../document/schema.js'
import { href } from '../state/route.js'

/** Something that a search can find. */
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

/** What `search` looks through, made once. */
export type Index = readonly Entry[]

/** Collects what there is to find. */
export const createIndex = (api: Api): Index => [
  ...api.namespaces.map(({ key, name, description = '', tags }) =>
    createEntry('namespace', href({ view: 'namespace', key }), name, 'namespace', [description, ...tags]),
  ),
  ...[...api.events.values()].map(event => {
    const namespace = api.namespaces.find(({ key }) => key === event.channel)?.name ?? ''
    const note = [namespace === '/' ? '' : namespace, event.summary ?? ''].filter(Boolean).join(' · ')
    return createEntry(event.direction, href({ view: 'event', key: event.id }), event.name, note, [
      event.description ?? '',
      namespace,
      ...event.tags,
      ...event.args.flatMap(({ name, schema }) => [
        name ?? '',
        ...propertiesOf(api.resolve(schema).value).map(property => property.name),
      ]),
      ...event.replies.map(({ code }) => code ?? ''),
    ])
  }),
  ...[...api.schemas.keys()].map(key => createEntry('schema', href({ view: 'schema', key }), key, 'schema', [])),
]

const createEntry = (
  kind: Found['kind'],
  to: string,
  label: string,
  note: string,
  words: readonly string[],
): Entry => ({
  kind,
  href: to,
  label,
  note,
  name: label.toLowerCase(),
  words: [label, note, ...words].join('\n').toLowerCase(),
})

/** What holds all the words of a query: names that begin with it first, then names that hold it, then the rest. */
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

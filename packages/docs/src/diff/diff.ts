import type { Api, ApiNamespace } from '../parse/model.js'
import { joined } from '../parse/merge-namespaces.js'
import { canonical, type Json } from '../parse/json.js'
import { readApi } from '../parse/parse.js'
import { readSecurity, without } from '../parse/metadata.js'
import type { Change, ChangeClass } from './change.js'
import type { Documents } from './event-change.js'
import { compareNamespaces } from './namespace-change.js'
import type { Comparing } from './schema-change.js'
import { compareTransports, exceptTransports } from './transport-change.js'
import { compareSecurity } from './security-change.js'

const ORDER: readonly ChangeClass[] = ['breaking', 'compatible', 'documentation']

/** Returns the differences between two documents, those that break clients first. */
export const diff = (before: Json, after: Json, comparing: Comparing): readonly Change[] => {
  const documents: Documents = { before: readApi(before), after: readApi(after), ...comparing }
  const changes = [
    ...compareLists(documents),
    ...compareServers(documents),
    ...compareInfo(documents),
    ...compareNotes(documents),
  ]
  return ORDER.flatMap(kind => changes.filter(change => change.class === kind))
}

/** Returns a namespace's name without the names of its parameters, which are not sent. */
const wireName = ({ name }: ApiNamespace): string => name.replaceAll(/\{\w+\}/g, '{}')

const compareLists = (documents: Documents): readonly Change[] => {
  const [old, now] = [byName(documents.before), byName(documents.after)]
  return namesOf(old, now).flatMap((name): readonly Change[] => {
    const [was, is] = [old.get(name), now.get(name)]
    if (was !== undefined && is !== undefined) return compareNamespaces(was, is, documents)
    if (was !== undefined) return [{ class: 'breaking', where: was.name, part: 'namespace', what: 'is removed' }]
    return [{ class: 'compatible', where: is?.name ?? name, part: 'namespace', what: 'is added' }]
  })
}

const byName = ({ namespaces }: Api): ReadonlyMap<string, ApiNamespace> => joined(namespaces, wireName)

const namesOf = (one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): readonly string[] => [
  ...new Set([...one.keys(), ...other.keys()]),
]

/** The properties of a server that form its address. */
const ADDRESS = ['host', 'pathname', 'protocol']

const compareServers = (documents: Documents): readonly Change[] =>
  namesOf(documents.before.servers, documents.after.servers).flatMap(name => compareServer(name, documents))

const compareServer = (name: string, { before, after }: Documents): readonly Change[] => {
  const part = `servers.${name}`
  const [was, is] = [before.servers.get(name), after.servers.get(name)]
  if (was === undefined) return [{ class: 'compatible', where: '', part, what: 'is added' }]
  if (is === undefined) return [{ class: 'breaking', where: '', part, what: 'is removed' }]
  const moved = ADDRESS.filter(key => withoutSlash(was[key]) !== withoutSlash(is[key]))
  const rest = [...ADDRESS, 'security']
  return [
    ...moved.map(key => movedServer(`${part}.${key}`, was[key], is[key])),
    ...compareSecurity(requirements(was), requirements(is), { where: '', part: `${part}.security` }, { before, after }),
    ...compareTransports(was, is, part),
    ...(canonical(without(exceptTransports(was), rest)) === canonical(without(exceptTransports(is), rest))
      ? []
      : [{ class: 'documentation', where: '', part, what: 'changed' } as const]),
  ]
}

// AsyncAPI 2 has the path in a URL, where a trailing slash makes no difference.
const withoutSlash = (value: unknown): string => String(value).replace(/\/$/, '')

const movedServer = (part: string, before: unknown, after: unknown): Change => ({
  class: 'breaking',
  where: '',
  part,
  what: `${String(before)} → ${String(after)}`,
})

const requirements = (server: Json): ReturnType<typeof readSecurity> => readSecurity({}, server['security'])

const compareInfo = ({ before, after }: Documents): readonly Change[] =>
  [...new Set([...Object.keys(before.info), ...Object.keys(after.info)])]
    .filter(key => canonical(before.info[key]) !== canonical(after.info[key]))
    .map(key => ({ class: 'documentation', where: '', part: `info.${key}`, what: 'changed' }) as const)

/** Reports the parts that could not be read as breaking, since they might mean anything. */
const compareNotes = ({ before, after }: Documents): readonly Change[] =>
  after.notes
    .filter(note => !before.notes.includes(note))
    .map(what => ({ class: 'breaking', where: '', part: 'document', what, why: "it can't be compared" }) as const)

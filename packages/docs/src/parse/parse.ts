import type { Api } from './model.js'
import type { ReadOptions } from './event-channel.js'
import { type Json, jsonOf, textOf } from './json.js'
import type { ReadLog } from './log.js'
import { joined } from './merge-namespaces.js'
import { isOurs } from './namespace.js'
import { normalizeDocument } from './normalize.js'
import { danglingIn, resolved, sectionIn, UNREAD } from './reference.js'
import { readServer } from './server.js'
import { schemeOf } from './scheme2.js'
import { readVersion2 } from './version2.js'
import { readVersion3 } from './version3.js'

/** Reads an AsyncAPI 2.x or 3.x document, by ackwire or by another Socket.IO project. */
export const readApi = (given: Json, options: ReadOptions = {}): Api => {
  const document = normalizeDocument(given)
  const notes = Object.entries(jsonOf(document[UNREAD])).map(([file, why]) => `${file}: ${String(why)}`)
  const remarks: string[] = []
  const log: ReadLog = { note: text => void notes.push(text), remark: text => void remarks.push(text) }
  const isOld = textOf(document['asyncapi'])?.startsWith('2') === true
  const components = sectionIn(document, document, 'components')
  const namespaces = (isOld ? readVersion2 : readVersion3)(document, log, options)
  return {
    document,
    isOurs: isOurs(document),
    info: infoOf(document, log),
    servers: new Map(
      entriesIn(document, document, 'servers', log).map(([name, server]) => [name, readServer(name, server, log)]),
    ),
    securitySchemes: new Map(
      entriesIn(document, components, 'securitySchemes', log).map(([name, scheme]) => [
        name,
        isOld ? schemeOf(name, scheme, namespaces, log.note) : scheme,
      ]),
    ),
    namespaces: [...joined(namespaces).values()],
    notes,
    remarks,
  }
}

/** Returns the entries of a section, except those whose reference leads nowhere. */
const entriesIn = (document: Json, owner: Json, key: string, { note }: ReadLog): readonly (readonly [string, Json])[] =>
  Object.entries(sectionIn(document, owner, key)).flatMap(([name, part]) => {
    const dangling = danglingIn(document, part)
    if (dangling === undefined) return [[name, resolved(document, part)] as const]
    note(`${key}.${name}: the reference ${dangling} leads nowhere in this document, and is left out`)
    return []
  })

// Version 2 has tags and links beside `info`, version 3 inside it.
const infoOf = (document: Json, { remark }: ReadLog): Json => {
  const { tags, externalDocs } = document
  const info = Object.entries(sectionIn(document, document, 'info')).map(([key, value]) => {
    if (!TEXTS.has(key) || (typeof value !== 'number' && typeof value !== 'boolean')) return [key, value] as const
    remark(`info.${key}: ${String(value)} is read as text`)
    return [key, String(value)] as const
  })
  return {
    ...Object.fromEntries(info),
    ...(tags === undefined ? {} : { tags }),
    ...(externalDocs === undefined ? {} : { externalDocs }),
  }
}

/** The texts of `info`, which YAML takes for numbers without quotes. */
const TEXTS: ReadonlySet<string> = new Set(['title', 'version', 'description'])

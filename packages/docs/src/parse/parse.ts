import type { Api } from './model.js'
import { type Json, jsonOf, textOf } from './json.js'
import { isOurs } from './namespace.js'
import { resolved } from './reference.js'
import { readVersion2, schemeOf, serverOf } from './version2.js'
import { readVersion3 } from './version3.js'

/** Reads an AsyncAPI 2.x or 3.x document, by ackwire or by another Socket.IO project. */
export const readApi = (document: Json): Api => {
  const notes: string[] = []
  const note = (text: string): void => void notes.push(text)
  const isOld = textOf(document['asyncapi'])?.startsWith('2') === true
  const components = jsonOf(document['components'])
  const namespaces = (isOld ? readVersion2 : readVersion3)(document, note)
  const entriesOf = (value: unknown): readonly (readonly [string, Json])[] =>
    Object.entries(jsonOf(value)).map(([name, part]) => [name, resolved(document, part)] as const)
  return {
    document,
    isOurs: isOurs(document),
    info: infoOf(document),
    servers: new Map(entriesOf(document['servers']).map(([name, server]) => [name, isOld ? serverOf(server) : server])),
    securitySchemes: new Map(
      entriesOf(components['securitySchemes']).map(([name, scheme]) => [
        name,
        isOld ? schemeOf(name, scheme, namespaces, note) : scheme,
      ]),
    ),
    namespaces,
    notes,
  }
}

// Version 2 has tags and links beside `info`, version 3 inside it.
const infoOf = (document: Json): Json => {
  const { tags, externalDocs } = document
  return {
    ...jsonOf(document['info']),
    ...(tags === undefined ? {} : { tags }),
    ...(externalDocs === undefined ? {} : { externalDocs }),
  }
}

import { isJson, type Json } from '../parse/json.js'
import { call, type Code, fits, literal, object, word } from './code.js'
import type { Cluster, Component } from './cluster.js'
import { ID } from './options.js'
import { isLoop } from './loop.js'
import type { Place, Writer } from './place.js'
import { schemaCode } from './schema.js'

/** The findings made while schemas are written. */
export interface Found {
  readonly notes: string[]
  /** The formats that are not registered. */
  readonly formats: Set<string>
}

/** The maximum size of a contract, since unnamed parts that operations share are written out for each. */
const MOST_CHARACTERS = 50_000_000

/** Creates a writer that turns references into the constants of components. */
export const createWriter = (document: Json, clusters: readonly Cluster[], found: Found): Writer => {
  const names = new Map(clusters.flatMap(({ members }) => members).map(({ pointer, name }) => [pointer, name]))
  let size = 0
  const writer: Writer = {
    write: (schema, place) => schemaCode(schema, document, place, writer),
    refer(pointer, place) {
      const within = place.within.get(pointer)
      const name = names.get(pointer)
      if (within !== undefined) return within
      if (name !== undefined) return word(name)
      const where = isLoop(document, pointer) ? 'back to itself' : 'nowhere'
      found.notes.push(
        `${place.path}: the reference ${pointer} leads ${where} in this document, and is written as Type.Unknown()`,
      )
      return call('Type.Unknown')
    },
    count(code) {
      size += code.flat.length
      if (size > MOST_CHARACTERS)
        throw new RangeError(
          `would become a contract of more than ${MOST_CHARACTERS} characters; move what its operations share to components`,
        )
      return code
    },
    note: (place, text) => void found.notes.push(`${place.path}: ${text}`),
    useFormat: format => void found.formats.add(format),
  }
  return writer
}

/** Returns the constants of components that contain each other. */
export const definitionsOf = ({ members, module = '', isRecursive }: Cluster, writer: Writer): readonly string[] => {
  const [only] = members
  if (members.length === 1 && only !== undefined) {
    const code = isRecursive ? recursiveCode(only, writer) : identified(only, writer)
    return [constant(only.name, code)]
  }
  const within = new Map(members.map(({ pointer, id }) => [pointer, call('Type.Ref', literal(id))]))
  const entries = members.map(member => [member.id, write(member, within, writer)] as const)
  return [
    constant(module, call('Type.Module', object(entries, true))),
    ...members.map(({ name, id }) => constant(name, call(`${module}.Import`, literal(id)))),
  ]
}

const constant = (name: string, code: Code): string => {
  const start = `const ${name} = `
  return start + code.print('', start.length)
}

const write = (component: Component, within: Place['within'], writer: Writer): Code => {
  const place: Place = { path: component.id, titles: [component.id], isComponent: true, within }
  return writer.write(component.schema, place)
}

const recursiveCode = (component: Component, writer: Writer): Code => {
  const inner = write(component, new Map([[component.pointer, word('This')]]), writer)
  const head = 'This => '
  const arrow: Code = {
    flat: head + inner.flat,
    depth: inner.depth + 1,
    print(indent, before) {
      const line = `${indent}  `
      return fits(this.flat, before)
        ? this.flat
        : `This =>
${line}${inner.print(line, line.length)}`
    },
  }
  return call('Type.Recursive', arrow, object([['$id', literal(component.id)]]))
}

/** Returns the schema with its `$id`. A component that is only a reference is copied for its own `$id`. */
const identified = (component: Component, writer: Writer): Code => {
  const { schema, id } = component
  const named: unknown =
    isJson(schema) && typeof schema['$ref'] !== 'string' ? { [ID]: id, ...schema } : { [ID]: id, allOf: [schema] }
  return write({ ...component, schema: named }, new Map(), writer)
}

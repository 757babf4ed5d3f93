import { pascal } from '../asyncapi/identifiers.js'
import type { ApiEvent, ApiNamespace, Requirement } from '../parse/model.js'
import { canonical, type Json, listOf } from '../parse/json.js'
import { call, chain, type Code, literal, object } from './code.js'
import { limitsIn } from './limit.js'
import { isValid } from './options.js'
import type { Place, Writer } from './place.js'

/** Returns the code of an event. */
export const eventCode = (event: ApiEvent, namespace: ApiNamespace, document: Json, writer: Writer): Code => {
  const path = namespace.name === '/' ? event.name : `${namespace.name} ${event.name}`
  const place = (what: string, suffix: string): Place => ({
    path: `${path} ${what}`,
    titles: titlesOf(event, namespace, suffix),
    within: new Map(),
  })
  const { direction, ack, stream, errors } = event
  const options = ackOptionsOf(event, place('ack errorFirst', 'OwnError'), writer)
  const ackOptions = options.length === 0 ? [] : [object(options)]
  const codes = [...errors].map(([code, data]) => {
    const name = pascal(/[a-z]/.test(code) ? code : code.toLowerCase())
    return [
      code,
      data === undefined ? call('Type.Void') : writer.write(data, place(`errors.${code}`, `${name}Data`)),
    ] as const
  })
  const described = descriptionOf({ event, namespace, document }, place('examples', ''), writer)
  return chain('event', [
    ...argumentsCode(event, place(direction, ''), writer),
    ...(stream === undefined ? [] : [call('stream', writer.write(stream.item, place('stream', 'Item')))]),
    ...(ack === undefined
      ? []
      : [
          ack.schema === undefined
            ? call('ack', ...ackOptions)
            : call(
                'ack',
                writer.write(ack.schema, place('ack', stream === undefined ? 'Ack' : 'Value')),
                ...ackOptions,
              ),
        ]),
    ...(codes.length === 0 ? [] : [call('errors', object(codes))]),
    ...limitCode(event, path, writer),
    ...(described === undefined ? [] : [call('describe', described)]),
  ])
}

const ackOptionsOf = (
  { isAckRequired, direction, errorFirst }: ApiEvent,
  place: Place,
  writer: Writer,
): readonly (readonly [string, Code])[] => {
  const isString = errorFirst !== undefined && canonical(errorFirst.schema) === canonical({ type: 'string' })
  return [
    ...(isAckRequired && direction === 'input' ? [['required', literal(true)] as const] : []),
    ...(errorFirst === undefined
      ? []
      : [['errorFirst', isString ? literal(true) : writer.write(errorFirst.schema, place)] as const]),
  ]
}

const limitCode = ({ limit, direction }: ApiEvent, path: string, writer: Writer): readonly Code[] =>
  direction === 'input' ? limitsIn(limit, path, writer).map(value => call('limit', value)) : []

/** Returns the titles that a rendering may give to an untitled schema of this event. */
const titlesOf = ({ name }: ApiEvent, namespace: ApiNamespace, suffix: string): readonly string[] => {
  const prefix = namespace.name === '/' ? [''] : ['', pascal(namespace.name)]
  return ['', 'Receive', 'Send'].flatMap(action => prefix.map(each => action + each + pascal(name) + suffix))
}

const argumentsCode = ({ direction, args }: ApiEvent, place: Place, writer: Writer): readonly Code[] => {
  if (args === undefined) {
    writer.note(place, 'the document does not describe its arguments, so it accepts any')
    return [call(direction), call('rest', call('Type.Unknown'))]
  }
  const { items, required, rest } = args
  const isOne = items.length === 1 && required === 1 && rest === undefined
  const at = (index: number): Place => ({
    ...place,
    path: `${place.path}[${index}]`,
    titles: isOne ? place.titles : place.titles.map(title => `${title}Arg${index + 1}`),
  })
  const written = items.map((item, index) => {
    const code = writer.write(item, at(index))
    return index < required ? code : call('Type.Optional', code)
  })
  return [
    call(direction, ...written),
    ...(rest === undefined ? [] : [call('rest', writer.write(rest, at(items.length)))]),
  ]
}

/** An event with its place in the document. */
interface Source {
  readonly event: ApiEvent
  readonly namespace: ApiNamespace
  readonly document: Json
}

const descriptionOf = ({ event, namespace, document }: Source, place: Place, writer: Writer): Code | undefined => {
  const { summary, description, tags, deprecated, externalDocs } = event.said
  const inherited = new Set(namespace.tags.map(tag => tag['name']))
  const own = tags
    .filter(tag => !inherited.has(tag['name']))
    .map(tag => (Object.keys(tag).length === 1 ? tag['name'] : tag))
  const said = {
    summary,
    description: description === summary ? undefined : description,
    deprecated: deprecated ? true : undefined,
    tags: own.length === 0 ? undefined : own,
    externalDocs,
    security: securityOf(event.security, place, writer),
    examples: examplesOf(event, document, place, writer),
    ...extensionsOf(event.other),
  }
  const entries = Object.entries(said).filter(([, value]) => value !== undefined)
  if (entries.length === 0) return undefined
  if (entries.length === 1 && summary !== undefined) return literal(summary)
  return object(entries.map(([key, value]) => [key, literal(value)]))
}

/** Returns the extensions among the remaining properties. */
export const extensionsOf = (other: Json): Json =>
  Object.fromEntries(Object.entries(other).filter(([key]) => key.startsWith('x-')))

/** Returns the names of schemes, any of which grants access; a contract can't express more. */
export const securityOf = (
  security: readonly Requirement[] | undefined,
  place: Place,
  writer: Writer,
): readonly string[] | undefined => {
  if (security === undefined) return undefined
  const names = security.flatMap(requirement => {
    const schemes = Object.entries(requirement)
    if (schemes.length > 1)
      writer.note(
        place,
        `"${schemes.map(([scheme]) => scheme).join('" and "')}" together: in a contract, each alone grants access`,
      )
    const inline = schemes.filter(([scheme]) => scheme.startsWith('{'))
    if (inline.length > 0)
      writer.note(place, 'a security scheme without a name is left out; give it one in the options')
    return schemes.map(([scheme]) => scheme).filter(scheme => !scheme.startsWith('{'))
  })
  return names.length === 0 ? undefined : [...new Set(names)]
}

/** Returns the examples in the contract's form: the argument itself if there is always exactly one, else a list. */
const examplesOf = (
  { args, said }: ApiEvent,
  document: Json,
  place: Place,
  writer: Writer,
): readonly Json[] | undefined => {
  if (said.examples.length === 0) return undefined
  if (args === undefined) return void writer.note(place, 'are left out because its arguments are unknown')
  const { items, required, rest } = args
  const isOne = items.length === 1 && required === 1 && rest === undefined
  const examples = said.examples.flatMap(example => {
    const { name, summary, payload } = example
    const isMissing = !('payload' in example)
    const given = isMissing && items.length + (rest === undefined ? 0 : 1) > 0 ? undefined : payload
    const schema = isOne ? items[0] : { type: 'array', minItems: required, ...(items.length > 0 ? { items } : {}) }
    const unwrapped =
      isOne && Array.isArray(given) && given.length === 1 && !isFitting(given, schema, document)
        ? listOf(given)[0]
        : given
    if (given === undefined ? required > 0 : !isFitting(unwrapped, schema, document)) {
      writer.note(place, `${canonical(payload)} does not match the arguments, and is left out`)
      return []
    }
    return [
      Object.fromEntries(
        Object.entries({ name, summary, payload: unwrapped }).filter(([, value]) => value !== undefined),
      ),
    ]
  })
  return examples.length === 0 ? undefined : examples
}

const isFitting = (value: unknown, schema: unknown, document: Json): boolean =>
  isValid(value, { allOf: [schema] }, document)

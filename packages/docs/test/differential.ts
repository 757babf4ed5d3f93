import { event, router, type Router } from '@ackwire/core'
import { registerFormats } from '@ackwire/core/formats'
import * as docs from '@ackwire/docs'
import { FormatRegistry, KindGuard, type TSchema } from '@sinclair/typebox'
import { Errors } from '@sinclair/typebox/errors'
import { Check, Clean, Clone, Default, HasTransform, TransformDecode } from '@sinclair/typebox/value'
import { Ajv, type Options } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { miscountsContained } from '../../core/src/codec/contained.js'
import { interpreter } from '../../core/src/codec/interpreter.js'
import { codecsWith, type SchemaCodec, type UnknownProperties } from '../../core/src/codec/schema-codec.js'
import { isInexact } from '../../core/src/codec/exact.js'
import { isUndefinable } from '../../core/src/schema/optional.js'
import { some } from '../../core/src/schema/traverse.js'
import { compiler } from '../../core/src/server/validation/compiler.js'
import { registerJsonSchema } from '../../core/src/server/validation/unsafe-schema.js'
import { composed } from '../../core/test/fuzz/composed.js'
import { json } from '../../core/test/fuzz/schemas.js'

/** The numbers of comparisons so far. */
export const compared = {
  schemas: 0,
  refused: 0,
  cases: 0,
  matched: 0,
  byTypeBox: 0,
  defaulted: 0,
  cleaned: 0,
  decoded: 0,
  encodedBack: 0,
  byAjv: 0,
}

/**
 * The reasons for which a contract may refuse a schema that is made up: with some, two parts of it contradict each other,
 * with others, JSON Schema or TypeBox can't express it.
 */
const REFUSALS: readonly RegExp[] = [
  /transforms the same value/,
  /has another type for the same value/,
  /can't be transformed as a whole/,
  /unevaluatedProperties would reject/,
  /unevaluatedProperties can't be documented/,
  /a recursive schema can't be a definition/,
  /a date or binary data is not recognized here/,
  /(names|belongs to) a different schema/,
  /Type\.\w+\(\) can't travel/,
  /undefined can't be/,
]

const MODES: readonly UnknownProperties[] = ['keep', 'strip', 'reject']

type Verdict = (value: unknown) => boolean

/** A schema compiled for all that is compared. */
interface Subject {
  readonly schema: TSchema
  readonly servers: readonly SchemaCodec[]
  readonly clients: readonly SchemaCodec[]
  readonly peer: ReturnType<Router['~peer']>
  /** The document's view of an input, by draft-07 and by 2020-12. */
  readonly inputs: readonly Verdict[]
  /** The document's view of an output. */
  readonly output: Verdict
}

registerFormats()
registerJsonSchema()

const ajvOptions: Options = {
  strict: false,
  logger: false,
  validateSchema: false,
  formats: { 'date-time': text => FormatRegistry.Get('date-time')?.(text) === true, binary: true },
}

/** Adds the keywords that Ajv does not know, or computes in binary, so that 19.99 is no multiple of 0.01. */
const extended = (ajv: Ajv): Ajv => {
  ajv.removeKeyword('multipleOf')
  /** The decimal that JavaScript writes, times 10 to the power of 400. */
  const scaled = (number: number): bigint => {
    const [digits = '', exponent = '0'] = String(number).split('e')
    const [whole = '', fraction = ''] = digits.split('.')
    return BigInt(whole + fraction) * 10n ** BigInt(400 + Number(exponent) - fraction.length)
  }
  const isMultiple = (divisor: number, number: number): boolean => scaled(number) % scaled(divisor) === 0n
  ajv.addKeyword({ keyword: 'multipleOf', type: 'number', validate: isMultiple })
  const hasAtLeast = (bound: number, text: string): boolean => Buffer.byteLength(text) >= bound
  ajv.addKeyword({ keyword: 'x-minByteLength', type: 'string', validate: hasAtLeast })
  const hasAtMost = (bound: number, text: string): boolean => Buffer.byteLength(text) <= bound
  return ajv.addKeyword({ keyword: 'x-maxByteLength', type: 'string', validate: hasAtMost })
}

const draft07 = extended(new Ajv(ajvOptions))
const draft2020 = extended(new Ajv2020(ajvOptions))

/** Returns the contract and its document; `undefined` if the schema is refused for a reason that is known. */
const define = (schema: TSchema): readonly [Router, docs.AsyncApiDocument] | undefined => {
  try {
    const api = router({ it: event.input(schema), out: event.output(schema) })
    return [api, docs.document(api)]
  } catch (error) {
    if (REFUSALS.some(reason => reason.test(String(error)))) return undefined
    throw new Error(`${String(error)}\nschema: ${fc.stringify(schema)}`, { cause: error })
  }
}

const subjectOf = (schema: TSchema): Subject | undefined => {
  const defined = define(schema)
  if (defined === undefined) return undefined
  const [api, { channels, components }] = defined
  const payloadOf = (name: string): object => {
    const message = channels['root']?.messages[name]
    if (message === undefined || !('payload' in message)) throw new Error(`no payload of ${name}`)
    return { allOf: [message.payload], components }
  }
  const codecs = (checker: typeof compiler): SchemaCodec[] => MODES.map(mode => codecsWith(checker, mode)(schema, 'it'))
  return {
    schema,
    servers: codecs(compiler),
    clients: codecs(interpreter),
    peer: api['~peer']('/'),
    inputs: [draft07.compile(payloadOf('receive.it')), draft2020.compile(Object(in2020(payloadOf('receive.it'))))],
    output: draft07.compile(payloadOf('send.out')),
  }
}

/** Writes a schema of draft-07 in 2020-12, which has other words for tuples and dependencies. */
const in2020 = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(in2020)
  if (typeof part !== 'object' || part === null) return part
  const { items, additionalItems, ...rest } = Object.fromEntries(
    Object.entries(part).map(([key, inner]) => [
      key,
      key === 'enum' || key === 'const' || key === 'default' ? inner : in2020(inner),
    ]),
  )
  if (!Array.isArray(items)) return items === undefined ? rest : { ...rest, items }
  return { ...rest, prefixItems: items, ...(additionalItems === undefined ? {} : { items: additionalItems }) }
}

interface Outcome {
  readonly isValid: boolean
  readonly prepared: unknown
  readonly decoded: unknown
  readonly hasThrown: boolean
}

const outcomeOf = (codec: SchemaCodec, value: unknown): Outcome => {
  const prepared = codec.prepare === undefined ? value : codec.prepare(value)
  const isValid = codec.check(prepared)
  if (isValid !== (codec.issues(prepared, '', 1).length === 0)) throw new Error('the check and the issues differ')
  if (!isValid || codec.decode === undefined) return { isValid, prepared, decoded: prepared, hasThrown: false }
  try {
    return { isValid, prepared, decoded: codec.decode(prepared), hasThrown: false }
  } catch {
    return { isValid, prepared, decoded: undefined, hasThrown: true }
  }
}

/** Throws if two of those that have to agree about a value do not. */
const compare = (subject: Subject, value: unknown): void => {
  const { schema, servers, clients, inputs, output } = subject
  const given = JSON.stringify(value)
  const same = (what: string, one: unknown, other: unknown): void => {
    if (!isDeepStrictEqual(one, other)) throw new Error(`${what}: ${shown(one)} is not ${shown(other)}`)
  }
  const [kept, stripped, rejected] = servers.map(server => outcomeOf(server, value)) as [Outcome, Outcome, Outcome]
  for (const [index, mode] of MODES.entries())
    same(`the client, ${mode}`, outcomeOf(clients[index]!, value), [kept, stripped, rejected][index])
  same('the given value has been changed', JSON.stringify(value), given)

  compared.cases++
  if (kept.isValid) compared.matched++
  if (kept.isValid && !stripped.isValid && !some(schema, isAboutUndeclared))
    throw new Error('what is kept is valid, what is stripped is not')
  if (rejected.isValid && !kept.isValid) throw new Error('what rejects accepts what keeps does not')
  const clean = servers[1]?.clean
  if (kept.isValid && clean !== undefined)
    same('what rejects, and what strips', rejected.isValid, isDeepStrictEqual(clean(kept.prepared), kept.prepared))
  if (stripped.isValid && clean !== undefined) same('stripped twice', clean(stripped.prepared), stripped.prepared)

  compareWithTypeBox(schema, value, kept, stripped, same)
  const filled: unknown = isFilledAgainst(schema) ? JSON.parse(JSON.stringify(kept.prepared)) : value
  for (const [index, verdict] of inputs.entries())
    if (!isEmptyOfContained(schema, filled)) {
      same(`the document of ${index === 0 ? 'draft-07' : '2020-12'}, the server`, verdict(filled), kept.isValid)
      compared.byAjv++
    }
  if (!some(schema, isConverted) && !isEmptyOfContained(schema, value))
    same("the document of outputs, the server's check", output(value), servers[0]!.check(value))
  compareEncoded(subject, kept, same)
}

/** With these, the undeclared properties of a value decide if it is valid, and they are removed before the check. */
const isAboutUndeclared = (schema: TSchema): boolean =>
  KindGuard.IsNot(schema) ||
  KindGuard.IsUnsafe(schema) ||
  schema['uniqueItems'] === true ||
  schema['contains'] !== undefined ||
  schema['minProperties'] !== undefined

type Same = (what: string, one: unknown, other: unknown) => void

const compareEncoded = ({ schema, servers, clients, peer, output }: Subject, kept: Outcome, same: Same): void => {
  if (!kept.isValid || kept.hasThrown) return
  const [server] = servers
  const encode = server!.encode ?? ((each: unknown) => each)
  const sent = encode(kept.decoded)
  const isBack = server!.check(sent)
  if (!isBack) throw new Error(`what was decoded is encoded to ${shown(sent)}, which is invalid`)
  same('decoded, encoded and decoded', server!.decode === undefined ? sent : server!.decode(sent), kept.decoded)
  same('the encoded value of a client', (clients[0]!.encode ?? ((each: unknown) => each))(kept.decoded), sent)
  same('what a client sends', peer.input('it').encode([kept.decoded]), [sent])
  const wire: unknown = JSON.parse(JSON.stringify(sent))
  if (!some(schema, KindGuard.IsNot)) {
    same('what a client receives', peer.output('out')?.decode([wire], false), [kept.decoded])
    if (!output(wire)) throw new Error(`the document rejects what is sent: ${JSON.stringify(wire)}`)
  }
  compared.encodedBack++
}

const compareWithTypeBox = (schema: TSchema, value: unknown, kept: Outcome, stripped: Outcome, same: Same): void => {
  if (some(schema, isOurs)) return
  const isDefaulted = some(schema, inside => inside.default !== undefined)
  if (isDefaulted && some(schema, isFilledByPart)) return
  const filled = isDefaulted ? Default(schema, Clone(value)) : value
  // Its check lets a required property be missing where a schema such as a union with Any accepts undefined; its errors don't.
  const theirs = Check(schema, filled) && Errors(schema, filled).First() === undefined
  same("the server's verdict, TypeBox's", kept.isValid, theirs)
  compared.byTypeBox++
  if (!theirs) return
  same('with defaults', kept.prepared, filled)
  compared.defaulted++
  if (!some(schema, isComposed) && !hasInheritedName(value)) {
    same('stripped', stripped.prepared, Clean(schema, Clone(filled)))
    compared.cleaned++
  }
  if (!HasTransform(schema, []) || some(schema, isDecodedByPart)) return
  same('decoded', kept.hasThrown ? undefined : kept.decoded, decodedByTypeBox(schema, filled))
  compared.decoded++
}

const decodedByTypeBox = (schema: TSchema, value: unknown): unknown => {
  try {
    return TransformDecode(schema, [], value)
  } catch {
    return undefined
  }
}

/** Schemas whose value is another for the application than on the wire. */
const isConverted = (schema: TSchema): boolean => KindGuard.IsTransform(schema) || KindGuard.IsDate(schema)

/**
 * Returns whether TypeBox 0.34 does not check a schema as JSON Schema does, or not at all: keywords of numbers, strings and lists, a property of
 * `T | undefined`, what a value must not be where it is undefined, hand-written JSON Schema, the string of a date,
 * further properties of a record, and the names of unevaluated properties.
 */
const isOurs = (schema: TSchema): boolean =>
  isInexact(schema) ||
  miscountsContained(schema) ||
  isUndefinable(schema) ||
  KindGuard.IsNot(schema) ||
  KindGuard.IsDate(schema) ||
  KindGuard.IsUnsafe(schema) ||
  (KindGuard.IsRecord(schema) && KindGuard.IsSchema(Object(schema).additionalProperties)) ||
  schema['unevaluatedProperties'] !== undefined

/** TypeBox cleans by the first member of a union alone, and what an intersection declares by names. */
const isComposed = (schema: TSchema): boolean =>
  KindGuard.IsUnion(schema) || KindGuard.IsIntersect(schema) || KindGuard.IsImport(schema) || KindGuard.IsThis(schema)

/** TypeBox takes a property that is named like one of every object, such as `toString`, for a declared one. */
const hasInheritedName = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(([name, inner]) => name in Object.prototype || hasInheritedName(inner))

/** TypeBox makes an object of any value of an intersection, and fills in nothing inside of further properties. */
const isFilledByPart = (schema: TSchema): boolean =>
  KindGuard.IsIntersect(schema) || KindGuard.IsRecord(schema) || KindGuard.IsSchema(schema['additionalProperties'])

/** TypeBox decodes the parts of neither additional properties nor the members of an intersection. */
const isDecodedByPart = (schema: TSchema): boolean =>
  KindGuard.IsIntersect(schema) || KindGuard.IsSchema(schema['additionalProperties'])

/**
 * Returns whether the document can't say what a value has to be without its defaults: what is filled in counts for the
 * other members of an intersection, and for keywords that compare or count what a value contains.
 */
const isFilledAgainst = (schema: TSchema): boolean =>
  some(schema, inside => inside.default !== undefined) &&
  some(
    schema,
    inside =>
      KindGuard.IsIntersect(inside) ||
      inside['minProperties'] !== undefined ||
      inside['uniqueItems'] === true ||
      inside['contains'] !== undefined,
  )

/** Ajv 8 takes an empty array for one that contains something where it is not the first of several. */
const isEmptyOfContained = (schema: TSchema, value: unknown): boolean =>
  some(schema, inside => inside['contains'] !== undefined) && JSON.stringify(value).includes('[]')

const shown = (value: unknown): string => fc.stringify(value)

/** The number of values for each schema, whose compilation takes longest. */
const VALUES = 80

const cases = composed.chain(({ schema, value }) =>
  fc.tuple(
    fc.constant(schema),
    fc.array(fc.oneof({ weight: 6, arbitrary: value }, json), { minLength: VALUES, maxLength: VALUES }),
  ),
)

/**
 * A server, a client with the contract, TypeBox, and validators of the document agree about values of generated schemas,
 * except where a difference is listed here.
 */
export const differential = fc.property(cases, ([schema, values]) => {
  const subject = subjectOf(schema)
  if (subject === undefined) {
    compared.refused++
    return
  }
  compared.schemas++
  for (const value of values) {
    // As a parser makes it: without prototypes, and without what JSON leaves out.
    const received: unknown = JSON.parse(JSON.stringify(value))
    try {
      compare(subject, received)
    } catch (error) {
      throw new Error(`${String(error)}\nvalue: ${JSON.stringify(received)}\nschema: ${fc.stringify(schema)}`, {
        cause: error,
      })
    }
  }
})

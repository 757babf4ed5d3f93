import { router, type Event, type Router, type RouterEntries } from '@ackwire/core'
import { type TSchema, Type } from '@sinclair/typebox'
import { Check, Default } from '@sinclair/typebox/value'
import * as fc from 'fast-check'
import { filled, json, matches, of, samples, type Sample } from './schemas.js'
import { ECHO, SECRET } from './secrets.js'

/** Returns what a handler must get for a received value; `undefined` if it must not be called. */
export type Reading = { readonly value: unknown } | undefined

/** A schema of an argument, values for it, and what TypeBox's interpreter says of them: not what the server compiled. */
export interface Part extends Sample {
  /** `unclear` where TypeBox itself throws. */
  read(wire: unknown): Reading | 'unclear'
}

const plain = ({ schema, value }: Sample): Part => ({
  schema,
  value: fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: json }, { weight: 1, arbitrary: hostile }),
  read(wire) {
    const fits = matches(schema, wire)
    return fits === undefined ? 'unclear' : fits ? { value: wire } : undefined
  },
})

/** Values that a malicious client sends. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(ECHO, [ECHO], { a: ECHO }, '', 1e308, -0, true, [[]]),
  fc
    .constantFrom('{"__proto__":{"a":1}}', '{"constructor":{"prototype":{}}}', '{"$error":{"code":"X"}}')
    .map(text => JSON.parse(text)),
  fc.nat(40).map(depth => JSON.parse(`${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`)),
  fc.uint8Array({ maxLength: 6 }).map(bytes => Buffer.from(bytes)),
)

const withDefaults = ({ schema, value }: Sample): Part => ({
  schema,
  value: fc.oneof({ weight: 5, arbitrary: value }, json),
  read(wire) {
    // TypeBox would set the properties of the bytes themselves.
    const isBytes = ArrayBuffer.isView(wire) || wire instanceof ArrayBuffer
    const whole = isBytes ? wire : Default(schema, structuredClone(wire))
    return Check(schema, whole) ? { value: whole } : undefined
  },
})

const dates: Part = {
  ...of(
    Type.Date(),
    fc.constantFrom<unknown>('2020-02-03T04:05:06.007Z', '2020-02-03T04:05:06+01:00', '2020-13-03', 'now', 1, null),
  ),
  read(wire) {
    const isDate = typeof wire === 'string' && wire.startsWith('2020-02')
    return isDate ? { value: new Date(wire) } : undefined
  },
}

const bytes: Part = {
  ...of(
    Type.Uint8Array({ maxByteLength: 4 }),
    fc.oneof(
      fc.uint8Array({ maxLength: 6 }).map(each => Buffer.from(each)),
      json,
    ),
  ),
  read(wire) {
    const received = wire instanceof ArrayBuffer ? new Uint8Array(wire) : wire
    return received instanceof Uint8Array && received.byteLength <= 4 ? { value: received } : undefined
  },
}

/** Decodes digits to a number, and throws at an `x`. */
const coded: Part = {
  ...of(
    Type.Transform(Type.String({ pattern: '^[0-9x]{1,4}$' }))
      .Decode(text => {
        if (text.includes('x')) throw new Error(SECRET)
        return Number(text)
      })
      .Encode(number => String(number)),
    fc.constantFrom<unknown>('1', '12', '1x', 'x', '', '12345', ECHO, 1, null),
  ),
  read(wire) {
    return typeof wire === 'string' && /^\d{1,4}$/.test(wire) ? { value: Number(wire) } : undefined
  },
}

const uncoded = samples.any.map(plain)

const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 8, arbitrary: uncoded },
  { weight: 2, arbitrary: filled.object.map(withDefaults) },
  { weight: 1, arbitrary: fc.constantFrom(dates, bytes, coded) },
)

/** An event, by its parts. */
export interface Made {
  readonly args: readonly Part[]
  /** The number of arguments that are not optional. */
  readonly required: number
  readonly rest: Part | undefined
  /** `receipt` for an ack without a value, `none` for no ack. */
  readonly reply: Part | 'receipt' | 'none'
  /** Of the data of the error `OWN`; none where there is no ack. */
  readonly failure: Part | undefined
  /** True if the ack takes an error first. */
  readonly isErrorFirst: boolean
}

const eventWith = (argument: fc.Arbitrary<Part>): fc.Arbitrary<Made> =>
  fc
    .record({
      args: fc.array(argument, { maxLength: 3 }),
      optional: fc.nat(2),
      rest: fc.option(argument, { nil: undefined, freq: 4 }),
      reply: fc.oneof({ weight: 3, arbitrary: uncoded }, fc.constantFrom<'receipt' | 'none'>('receipt', 'none')),
      failure: fc.option(uncoded, { nil: undefined }),
      isErrorFirst: fc.boolean(),
    })
    .map(({ args, optional, rest, reply, failure, isErrorFirst }) => ({
      args,
      required: Math.max(0, args.length - optional),
      rest,
      reply,
      failure: reply === 'none' ? undefined : failure,
      isErrorFirst: reply !== 'none' && isErrorFirst,
    }))

/** Events with arguments of any kind. */
export const anyEvent = eventWith(part)

/** Events whose values are for the server's code what they are on the wire. */
export const plainEvent = eventWith(uncoded)

const optional = (schema: TSchema): TSchema => Type.Optional(schema)

/** Builds the event. */
export const eventOf = <Sender extends 'input' | 'output'>(
  { args, required, rest, reply, failure, isErrorFirst: errorFirst }: Made,
  begin: (...schemas: TSchema[]) => Event<Sender>,
): Event<Sender> => {
  const schemas = args.map(({ schema }, index) => (index < required ? schema : optional(schema)))
  let made = begin(...schemas)
  if (rest !== undefined) made = made.rest(rest.schema)
  if (reply === 'receipt') made = made.ack({ errorFirst })
  else if (reply !== 'none') made = made.ack(reply.schema, { errorFirst })
  return failure === undefined ? made : made.errors({ OWN: failure.schema })
}

/** Builds the contract; two schemas that are made up may have one `$id`, which is refused. */
export const contractOf = (entries: RouterEntries): Router => {
  try {
    return router(entries)
  } catch (error) {
    fc.pre(!/\$id/.test(String(error)))
    throw error
  }
}

/**
 * Returns the input that a handler must get for the received arguments: the single argument itself, a list of several
 * or a rest.
 */
export const readArguments = ({ args, required, rest }: Made, wire: readonly unknown[]): Reading | 'unclear' => {
  if (wire.length < required || (rest === undefined && wire.length > args.length)) return undefined
  const canBeSkipped = (index: number): boolean =>
    index >= required && index < (rest === undefined ? args.length - 1 : args.length)
  const readings = wire.map((value, index) => {
    const part = args[index] ?? rest
    const reading = part?.read(value)
    // An optional argument in the middle is absent where it is null, and so gets a default.
    if (part === undefined || reading !== undefined || value !== null || !canBeSkipped(index)) return reading
    const filled = Default(part.schema, undefined)
    return filled === undefined ? { value: undefined } : part.read(filled)
  })
  if (readings.some(reading => reading === undefined)) return undefined
  if (readings.some(reading => reading === 'unclear')) return 'unclear'
  const values = readings.map(reading => (typeof reading === 'object' ? reading.value : undefined))
  if (rest === undefined && args.length === 1) return { value: values[0] }
  return { value: rest === undefined && args.length === 0 ? undefined : values }
}

/** Arguments that are mostly as many as are declared, each mostly of its schema. */
export const argumentsFor = ({ args, required, rest }: Made): fc.Arbitrary<unknown[]> => {
  const declared = fc.tuple(...args.map(({ value }) => value))
  const more = rest === undefined ? fc.constant<unknown[]>([]) : fc.array(rest.value, { maxLength: 3 })
  const whole = fc.tuple(declared, more).map(([first, others]) => first.concat(others))
  return fc.oneof(
    { weight: 6, arbitrary: whole },
    {
      weight: 2,
      arbitrary: fc
        .tuple(declared, fc.integer({ min: required, max: args.length }))
        .map(([values, count]) => values.slice(0, count)),
    },
    { weight: 1, arbitrary: fc.array(fc.oneof(json, hostile), { maxLength: 4 }) },
  )
}

import { KindGuard } from '@sinclair/typebox'
import * as fc from 'fast-check'
import { some } from '../../src/schema/traverse.js'
import { argumentsFor, plainEvent, readArguments, type Made } from './contracts.js'
import type { Line, Style } from './line.js'
import { json, matches } from './schemas.js'
import { alike, check, failureIn, holdsPrototype, listIn, settled, travelled, unwrapped } from './assertions.js'

/** An emit of the server, and the answer of the client, if it has one. */
export interface Emission {
  readonly args: readonly unknown[]
  readonly answer: readonly unknown[]
}

/** An output, and how it is used. */
export interface Output {
  readonly made: Made
  readonly emissions: readonly Emission[]
}

const envelopeOf = (failure: fc.Arbitrary<unknown>): fc.Arbitrary<object> => failure.map($error => ({ $error }))

const answerFor = (made: Made): fc.Arbitrary<unknown[]> =>
  made.isErrorFirst
    ? fc.oneof(
        { weight: 4, arbitrary: enveloped(made).map(([answer]) => errorFirst(answer)) },
        { weight: 1, arbitrary: enveloped(made) },
        { weight: 1, arbitrary: fc.string().map(text => [text]) },
      )
    : enveloped(made)

const errorFirst = (answer: unknown): unknown[] => {
  const failure = failureIn(answer)
  return failure === undefined ? [null, answer] : [failure]
}

const enveloped = ({ reply, failure }: Made): fc.Arbitrary<unknown[]> =>
  fc.oneof(
    { weight: 5, arbitrary: (typeof reply === 'string' ? json : reply.value).map(value => [value]) },
    {
      weight: 2,
      arbitrary: envelopeOf(
        fc.record({ code: fc.constantFrom('OWN', 'TIMEOUT', 'toString', 'X'), data: failure?.value ?? json }),
      ).map(value => [value]),
    },
    { weight: 1, arbitrary: envelopeOf(json).map(value => [value]) },
    { weight: 1, arbitrary: fc.array(json, { maxLength: 2 }) },
  )

export const outputs: fc.Arbitrary<Output> = plainEvent.chain(made =>
  fc.record({
    made: fc.constant(made),
    emissions: fc.array(fc.record({ args: argumentsFor(made), answer: answerFor(made) }), { maxLength: 4 }),
  }),
)

/** The outcome of an emit. */
type Settled = { readonly value: unknown } | { readonly code: unknown }

/**
 * Checks that every emitted value matches, and that an answer is checked before code of the server gets it. Returns the
 * number of answered emits.
 */
export const emitAll = async (
  { made, emissions }: Output,
  emit: (...args: readonly unknown[]) => unknown,
  line: Line,
  style: Style,
): Promise<number> => {
  let answered = 0
  for (const { args, answer } of emissions) {
    // An emit carries no property that is called so.
    const reading = holdsPrototype(args) ? undefined : readArguments(made, args)
    const before = line.received.length
    let settlement: Settled | undefined
    let isRefused = false
    try {
      const result = emit(...args)
      check(result instanceof Promise === (made.reply !== 'none'), 'a promise, or not', result)
      Promise.resolve(result).then(
        value => (settlement = { value }),
        (error: unknown) => (settlement = { code: Reflect.get(Object(error), 'code') }),
      )
    } catch (error) {
      isRefused = made.reply === 'none' && Reflect.get(Object(error), 'code') === 'INVALID_OUTPUT'
      if (!isRefused) throw error
    }
    await settled()
    // Where a promise is expected, it rejects.
    if (settlement !== undefined && 'code' in settlement) isRefused = settlement.code === 'INVALID_OUTPUT'
    const [packet, ...others] = line.received.slice(before)
    check(others.length === 0, 'more than one packet', others)
    check(isRefused === (packet === undefined), 'refused and sent, or neither', args)
    if (reading !== 'unclear') check(isRefused === (reading === undefined), 'emitted, or refused', args)
    if (packet === undefined) continue
    check(alike(listIn(packet)?.slice(1), travelled(args, style)), 'something else was sent', packet, args)
    if (made.reply === 'none') continue
    check(settlement === undefined && packet.id !== undefined, 'settled without an answer', settlement)
    // The second answer has no effect.
    for (const data of [answer, ['again']]) line.send({ type: 3, nsp: '/', id: Number(packet.id), data })
    await settled()
    answered++
    const expected = expectedOf(made, travelled(answer, style) ?? [])
    if (expected !== 'unclear') check(alike(settlement, expected), 'settled with', settlement, expected, answer)
  }
  return answered
}

const expectedOf = ({ reply, failure, isErrorFirst }: Made, given: readonly unknown[]): Settled | 'unclear' => {
  const invalid = { code: 'INVALID_REPLY' }
  const [answer] = isErrorFirst ? unwrapped(given) : given
  // An error of the application's own is a string.
  if (isErrorFirst && typeof given[0] === 'string') return { code: 'INTERNAL' }
  const received = failureIn(answer)
  if (received !== undefined) {
    if (received.code === 'TIMEOUT') return { code: 'TIMEOUT' }
    if (received.code !== 'OWN' || failure === undefined) return invalid
    const fits = matches(failure.schema, received.data)
    return fits === undefined ? 'unclear' : fits ? { code: 'OWN' } : invalid
  }
  if (typeof reply === 'string') return { value: undefined }
  // For TypeBox, an answer without a value is one that Type.Not accepts.
  const isNothing = answer === undefined && some(reply.schema, KindGuard.IsNot)
  const fits = isNothing ? undefined : matches(reply.schema, answer)
  // An answer without a value is null where only that is declared.
  if (fits === false && answer === undefined && matches(reply.schema, null) === true) return { value: null }
  return fits === undefined ? 'unclear' : fits ? { value: answer } : invalid
}

import { event } from '@ackwire/core'
import { attach, guard, type AttachOptions } from '@ackwire/core/server'
import { TransformKind } from '@sinclair/typebox'
import * as fc from 'fast-check'
import { Server } from 'socket.io'
import * as msgpack from 'socket.io-msgpack-parser'
import * as standard from 'socket.io-parser'
import { anyEvent, argumentsFor, contractOf, eventOf, readArguments, type Made } from './contracts.js'
import { emitAll, outputs, type Output } from './emissions.js'
import { chunksOf, exchangeOf, packetOf, type Packet, type Style } from './line.js'
import { json, matches } from './schemas.js'
import { assertNoUnhandledErrors } from './unhandled-errors.js'
import { ECHO, SECRET, throwing } from './secrets.js'
import { alike, check, codeIn, failureIn, holdsPrototype, listIn, settled, travelled, unwrapped } from './assertions.js'

type Deed = 'return' | 'resolve' | 'throw' | 'reject' | 'fail' | 'undeclared' | 'cycle'

/** The message of a client, and the reaction of the handler. */
interface Message {
  /** Of the input that it is for. */
  readonly index: number
  readonly args: readonly unknown[]
  readonly isAsked: boolean
  readonly deed: Deed
  /** The return value of the handler. */
  readonly reply: unknown
  /** The error of the handler. */
  readonly data: unknown
  readonly thrown: () => unknown
}

/** Values for a schema, and the secret where it must not leave because it does not match. */
const leaving = (part: Made['failure']): fc.Arbitrary<unknown> => {
  if (part === undefined) return fc.constant(SECRET)
  const secrets = [SECRET, { secret: SECRET }, [SECRET]].filter(secret => matches(part.schema, secret) === false)
  return secrets.length === 0 ? part.value : fc.oneof({ weight: 3, arbitrary: part.value }, fc.constantFrom(...secrets))
}

const messageFor = (made: Made, index: number): fc.Arbitrary<Message> =>
  fc.record({
    index: fc.constant(index),
    args: argumentsFor(made),
    isAsked: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
    deed: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom<Deed>('return', 'resolve') },
      { weight: 2, arbitrary: fc.constantFrom<Deed>('throw', 'reject', 'fail', 'undeclared', 'cycle') },
    ),
    reply: typeof made.reply === 'string' ? json : leaving(made.reply),
    data: leaving(made.failure),
    thrown: fc.constantFrom(...throwing),
  })

/** A contract of some inputs and an output, and what is sent. */
interface Case {
  readonly inputs: readonly Made[]
  readonly output: Output
  readonly messages: readonly Message[]
  readonly isGuarded: boolean
  readonly isMsgpack: boolean
  /** Selects plain listeners instead of handlers. */
  readonly isPlain: boolean
  /** Gives the output the name of the first input. */
  readonly isBoth: boolean
  readonly unknownProperties: NonNullable<AttachOptions['unknownProperties']>
}

const cases: fc.Arbitrary<Case> = fc.array(anyEvent, { minLength: 1, maxLength: 2 }).chain(inputs =>
  fc
    .record({
      inputs: fc.constant(inputs),
      output: outputs,
      messages: fc.array(fc.oneof(...inputs.map(messageFor)), { minLength: 4, maxLength: 12 }),
      isGuarded: fc.boolean(),
      isMsgpack: fc.boolean(),
      isPlain: fc.boolean(),
      isBoth: fc.boolean(),
      unknownProperties: fc.oneof(
        { weight: 4, arbitrary: fc.constant('keep' as const) },
        { weight: 1, arbitrary: fc.constantFrom('strip' as const, 'reject' as const) },
      ),
    })
    .map(made => Object.assign(made, { [fc.toStringMethod]: () => shown(made) })),
)

const shown = ({ inputs, output, messages, isGuarded, isMsgpack, isPlain, isBoth, unknownProperties }: Case): string =>
  fc.stringify({
    inputs: inputs.map(schemasOf),
    output: { made: schemasOf(output.made), emissions: output.emissions },
    messages,
    settings: { isGuarded, isMsgpack, isPlain, isBoth, unknownProperties },
  })

const schemasOf = ({ args, required, rest, reply, failure, isErrorFirst }: Made) =>
  JSON.stringify({
    isErrorFirst,
    args: args.map(({ schema }) => schema),
    required,
    rest: rest?.schema,
    reply: typeof reply === 'string' ? reply : reply.schema,
    failure: failure?.schema,
  })

const name = (index: number): string => `event${index}`

/** The total number of messages, of those that reached a handler, and of emits that a client answered. */
export const tally = { messages: 0, handled: 0, answered: 0 }

/**
 * A contract is kept for whatever values: those that match reach the handler as they are, all others are refused, and each
 * ack is answered once, with what the handler did or with a failure that says nothing of it.
 */
export const values = fc.asyncProperty(cases, async made => {
  const { inputs, output, isGuarded, isMsgpack, isPlain, isBoth, unknownProperties } = made
  const style: Style = isMsgpack ? msgpack : standard
  const parser = isMsgpack ? msgpack : standard
  const io = new Server({ parser: isGuarded ? guard({ parser }) : parser })
  const out = isBoth ? name(0) : 'out'
  const entries = Object.fromEntries(inputs.map((each, index) => [name(index), eventOf(each, event.input)]))
  const emitted = eventOf(output.made, event.output)
  const [first] = Object.values(entries)
  const api = contractOf({ ...entries, [out]: isBoth && first ? event.both(first, emitted) : emitted })
  const server = attach(io, api, { unknownProperties })
  server.onError(() => {})

  let message: Message | undefined
  let seen: unknown[] = []
  // The events are made up, so that no type of theirs is known here.
  const on: Readonly<Record<string, (handler: unknown) => void>> = server.on as never
  let emit: Readonly<Record<string, (...args: readonly unknown[]) => unknown>> = {}
  on['connection']?.((call: { emit: typeof emit }) => (emit = call.emit))
  const handler = ({ input, fail }: { input: unknown; fail: (code: string, data: unknown) => never }): unknown => {
    seen.push(input)
    return message && act(message, fail)
  }
  io.on('connection', socket => {
    for (const [index, { args, rest, isErrorFirst }] of isPlain ? inputs.entries() : []) {
      socket.on(name(index), (...received: unknown[]) => {
        const last = received.at(-1)
        if (typeof last === 'function') received.pop()
        seen.push(rest === undefined && args.length <= 1 ? received[0] : received)
        const reply = message?.deed === 'cycle' ? cycle() : message?.reply
        if (typeof last === 'function') last(...(isErrorFirst ? [null, reply] : [reply]))
      })
    }
  })
  if (!isPlain) for (const index of inputs.keys()) on[name(index)]?.(handler)

  const line = exchangeOf(io, style)()
  line.send({ type: 0, nsp: '/' })
  await settled()
  check(line.received.length === 1 && line.isOpen, 'no connection', line.received)
  for (const [id, sent] of made.messages.entries()) {
    const input = inputs[sent.index]
    if (input === undefined) continue
    message = isPlain && sent.deed !== 'cycle' ? { ...sent, deed: 'return' } : sent
    seen = []
    const ask = sent.isAsked ? { id } : {}
    const chunks = chunksOf(style, { type: 2, nsp: '/', data: [name(sent.index), ...sent.args], ...ask })
    // What can't travel, such as eleven attachments, is another property's.
    const received = listIn(packetOf(style, chunks))
    if (received === undefined) continue
    const before = line.received.length
    line.sendRaw(chunks)
    await settled()
    tally.messages++
    tally.handled += seen.length
    const acks = line.received.slice(before)
    check(acks.length === (sent.isAsked ? 1 : 0), 'not answered once', acks, sent.args)
    check(seen.length <= 1, 'handled more than once', sent.args)
    check(line.isOpen, 'the connection was closed', sent.args)
    const outcome = { isPlain, reading: readArguments(input, received.slice(1)), seen, acks, args: sent.args, style }
    if (unknownProperties === 'keep') checkKept(input, message, outcome)
    else checkClosed(input, outcome)
  }
  if (unknownProperties === 'keep' && emit[out] !== undefined)
    tally.answered += await emitAll(output, emit[out], line, style)

  check(!line.text().includes(SECRET), 'a client saw the secret', line.text())
  const refusals = line.received.filter(packet => {
    const answer = listIn(packet) ?? []
    return [codeIn(answer), codeIn(unwrapped(answer))].includes('INVALID_INPUT')
  })
  check(!fc.stringify(refusals).includes(ECHO), 'a refusal repeats what was sent', refusals)
  line.close()
  server.detach()
  assertNoUnhandledErrors()
})

/** The behaviours of a handler. */
const act = ({ deed, reply, data, thrown }: Message, fail: (code: string, data: unknown) => never): unknown => {
  if (deed === 'return') return reply
  if (deed === 'resolve') return Promise.resolve(reply)
  if (deed === 'reject') return Promise.reject(thrown())
  if (deed === 'fail') return fail('OWN', data)
  if (deed === 'undeclared') return fail(SECRET, data)
  if (deed === 'cycle') return cycle()
  throw thrown()
}

/** Values that no parser can send. */
const cycle = (): unknown => {
  const list: unknown[] = []
  list.push(list)
  return list
}

interface Outcome {
  readonly reading: ReturnType<typeof readArguments>
  readonly seen: readonly unknown[]
  readonly acks: readonly Packet[]
  readonly args: readonly unknown[]
  readonly style: Style
  readonly isPlain: boolean
}

/** Checks what the handler and the client got if undeclared properties pass. */
const checkKept = (event: Made, sent: Message, { reading, seen, acks, args, style, isPlain }: Outcome): void => {
  if (reading === 'unclear') return
  check(seen.length === (reading === undefined ? 0 : 1), 'the handler was called, or not', reading, args, seen)
  if (reading !== undefined)
    check(alike(seen[0], reading.value), 'the handler saw another value', seen[0], reading.value)
  const [ack] = acks
  if (ack === undefined) return
  const given = listIn(ack) ?? []
  const answer = event.isErrorFirst ? unwrapped(given) : given
  if (event.isErrorFirst) check(given.length > 0, 'an error-first ack without arguments', given)
  if (reading === undefined) return check(codeIn(answer) === 'INVALID_INPUT', 'not refused', answer, args)
  const expected = (isPlain ? expectedOfPlain : expectedOf)(event, sent)
  if (expected === 'unclear') return
  if (expected.code !== undefined) check(codeIn(answer) === expected.code, `not ${expected.code}`, answer, args)
  else check(alike(answer, travelled(expected.reply, style)), 'another answer', answer, expected)
  if (expected.code === 'OWN') {
    check(alike(failureIn(answer[0])?.data, travelled([sent.data], style)?.[0]), 'another failure', answer)
  }
}

type Expected = { readonly code: string } | { readonly code: undefined; readonly reply: readonly unknown[] }

const expectedOf = ({ reply, failure }: Made, { deed, reply: given, data }: Message): Expected | 'unclear' => {
  const internal = { code: 'INTERNAL' }
  if (deed === 'fail' && failure !== undefined) {
    const fits = matches(failure.schema, data)
    return fits === undefined ? 'unclear' : fits && !holdsPrototype(data) ? { code: 'OWN' } : internal
  }
  if (deed === 'return' || deed === 'resolve') {
    if (typeof reply === 'string') return { code: undefined, reply: [] }
    const fits = matches(reply.schema, given)
    if (fits === undefined) return 'unclear'
    return fits && failureIn(given) === undefined && !holdsPrototype(given)
      ? { code: undefined, reply: [given] }
      : internal
  }
  if (deed === 'cycle' && typeof reply === 'string') return { code: undefined, reply: [] }
  return internal
}

/** Returns what a plain listener's ack carries, as before there was a contract: also `null` as a receipt, and what JSON makes of a value. */
const expectedOfPlain = (event: Made, sent: Message): Expected | 'unclear' => {
  const { reply, isErrorFirst } = event
  const isNothing = sent.reply === undefined || sent.reply === null
  const expected = expectedOf(event, sent)
  if (expected === 'unclear' || sent.deed === 'cycle') return expected
  if (typeof reply === 'string') return isErrorFirst && isNothing ? { code: undefined, reply: [null] } : expected
  return expected.code === undefined || matches(reply.schema, jsonOf(sent.reply)) === false ? expected : 'unclear'
}

const jsonOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null')

/** Checks that the handler's input still matches if undeclared properties are removed or rejected. */
const checkClosed = ({ args, rest }: Made, { seen }: Outcome): void => {
  for (const input of seen) {
    const isOne = rest === undefined && args.length === 1
    const list: readonly unknown[] = isOne ? [input] : Array.isArray(input) ? input : []
    for (const [index, value] of list.entries()) {
      const schema = (args[index] ?? rest)?.schema
      // An optional argument may be absent.
      if (schema === undefined || value === undefined) continue
      // What is decoded is no longer what the schema says, but a date and bytes are.
      if (TransformKind in schema) check(typeof value === 'number', 'not decoded', value)
      else check(matches(schema, value) !== false, 'the handler saw what does not match', value)
    }
  }
}

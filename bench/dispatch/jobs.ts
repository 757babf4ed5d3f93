import type { Observer } from '@ackwire/core/server'
import { Type, type TProperties } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { Value } from '@sinclair/typebox/value'
import { Input, INPUTS } from '../peers/input.js'
import { libraryContenders } from './libraries.js'
import { ackwire, byDecoding, byHand, byHandAsync, plain, plainAsync, type Bind, type Handle } from './contenders.js'

/** The inputs for each column of the table. */
type Sizes = Readonly<Record<'small' | 'large', { readonly valid: object; readonly invalid: object }>>

/** A piece of work in several implementations. The first only answers, and is the baseline for the others. */
export interface Job {
  readonly name: string
  readonly inputs: Sizes
  readonly contenders: Readonly<Record<string, Bind>>
}

export const PLAIN = 'Socket.IO, no check'
const AGAIN = 'the same again'
/** The contenders that refuse nothing. */
export const UNCHECKED: ReadonlySet<string> = new Set([PLAIN, AGAIN])
const BY_HAND = 'checks by hand'
const OURS = 'ackwire'

const answer: Handle = () => ({ success: true })
const answerLater: Handle = async () => ({ success: true })

/** An observer with every callback, none of which does anything. */
const idle: Observer = { onReceive() {}, onHandle: (_, run) => run(), onHandled() {}, onAnswer() {} }

type Friend = Readonly<Record<string, unknown>>
type Person = Friend & { readonly friends?: readonly Friend[] }

/** Returns the peers' inputs with each person changed. */
const inputsOf = (change: (person: Friend) => object): Sizes => {
  const changed = ({ friends, ...person }: Person): object => ({
    ...change(person),
    ...(friends === undefined ? {} : { friends: friends.map(change) }),
  })
  const both = ({ valid, invalid }: { readonly valid: Person; readonly invalid: Person }) => ({
    valid: changed(valid),
    invalid: changed(invalid),
  })
  return { small: both(INPUTS.small), large: both(INPUTS.large) }
}

/** Returns the schema of the peers' inputs with extra properties for each person. */
const schemaWith = (part: TProperties) =>
  Type.Object({
    ...Input.properties,
    ...part,
    friends: Type.Optional(Type.Array(Type.Object({ ...Input.properties.friends.items.properties, ...part }))),
  })

/** Creates a handler that reports success if both the input and its last friend satisfy the test. */
const answerIf =
  (isDone: (person: Friend) => boolean): Handle =>
  input => {
    // The cast is safe: every input of these jobs is a person.
    const person = input as Person
    const last = person.friends?.at(-1)
    return { success: isDone(person) && (last === undefined || isDone(last)) }
  }

const filled = answerIf(({ team }) => team === 'red')
const WithDefault = schemaWith({ team: Type.String({ default: 'red' }) })

const stripped = answerIf(person => !('note' in person))

const decoded = answerIf(({ since }) => since instanceof Date)
const WithTransform = schemaWith({
  since: Type.Transform(Type.Number())
    .Decode(ms => new Date(ms))
    .Encode(date => date.getTime()),
})
const transform = TypeCompiler.Compile(WithTransform)

export const JOBS: readonly Job[] = [
  {
    name: 'checked',
    inputs: INPUTS,
    contenders: {
      [PLAIN]: plain(answer),
      [AGAIN]: plain(answer),
      [BY_HAND]: byHand(Input, answer),
      [OURS]: ackwire(Input, answer),
      'ackwire, limited': ackwire(Input, answer, { isLimited: true }),
      'ackwire, observed': ackwire(Input, answer, { observer: idle }),
      'ackwire, middleware': ackwire(Input, answer, { hasMiddleware: true }),
    },
  },
  {
    name: 'checked, asynchronous handler',
    inputs: INPUTS,
    contenders: {
      [PLAIN]: plainAsync(answerLater),
      [AGAIN]: plainAsync(answerLater),
      [BY_HAND]: byHandAsync(Input, answerLater),
      [OURS]: ackwire(Input, answerLater),
      'ackwire, with a timeout': ackwire(Input, answerLater, { timeout: 10_000 }),
    },
  },
  {
    name: 'defaults filled in',
    inputs: INPUTS,
    contenders: {
      [PLAIN]: plain(filled),
      [AGAIN]: plain(filled),
      'Value.Default': byHand(WithDefault, filled, input => Value.Default(WithDefault, input)),
      [OURS]: ackwire(WithDefault, filled),
    },
  },
  {
    name: 'unknown properties stripped',
    inputs: inputsOf(person => ({ ...person, note: 'not declared' })),
    contenders: {
      [PLAIN]: plain(stripped),
      [AGAIN]: plain(stripped),
      'Value.Clean': byHand(Input, stripped, input => Value.Clean(Input, input)),
      [OURS]: ackwire(Input, stripped, { unknownProperties: 'strip' }),
    },
  },
  {
    name: 'transforms decoded',
    inputs: inputsOf(person => ({ ...person, since: 1_700_000_000_000 })),
    contenders: {
      [PLAIN]: plain(decoded),
      [AGAIN]: plain(decoded),
      'Value.Decode': byDecoding(input => Value.Decode(WithTransform, input), decoded),
      "the compiled schema's Decode": byDecoding(input => transform.Decode(input), decoded),
      [OURS]: ackwire(WithTransform, decoded),
    },
  },
  {
    name: 'schemas of other libraries',
    inputs: INPUTS,
    contenders: { [PLAIN]: plain(answer), [AGAIN]: plain(answer), ...libraryContenders(answer) },
  },
]

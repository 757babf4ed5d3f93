import { event, router, type Router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

/**
 * Returns the names of the events in contracts whose size is measured. Each event has its own schemas, as in `types/programs.ts`.
 */
export const namesOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `event${String(at).padStart(4, '0')}`)

const inputOf = (name: string) =>
  Type.Object({
    [`email_${name}`]: Type.String({ format: 'email' }),
    age: Type.Optional(Type.Integer()),
    tags: Type.Array(Type.String()),
    role: Type.Union([Type.Literal('admin'), Type.Literal('member')]),
    address: Type.Object({ city: Type.String(), [`zip_${name}`]: Type.Optional(Type.String()) }),
  })
const replyOf = (name: string) =>
  Type.Object({
    [`id_${name}`]: Type.Integer(),
    name: Type.String(),
    friends: Type.Array(Type.Object({ [`name_${name}`]: Type.String() })),
  })
const takenOf = (name: string) => Type.Object({ [`suggestion_${name}`]: Type.String() })

/** Returns the TypeBox schemas of the given number of events. */
export const schemasOf = (count: number) =>
  namesOf(count).map(name => ({ name, input: inputOf(name), reply: replyOf(name), taken: takenOf(name) }))

/** Returns the contract of these events. */
export const contractOf = (schemas: ReturnType<typeof schemasOf>): Router =>
  router(
    Object.fromEntries(
      schemas.map(({ name, input, reply, taken }) => [name, event.input(input).ack(reply).errors({ TAKEN: taken })]),
    ),
  )

/** Returns a valid input for the named event. */
export const validInput = (name: string): object => ({
  [`email_${name}`]: 'bob@example.com',
  tags: ['a'],
  role: 'admin',
  address: { city: 'Bern' },
})
export const validReply = (name: string): object => ({
  [`id_${name}`]: 1,
  name: 'bob',
  friends: [{ [`name_${name}`]: 'eve' }],
})

/** Returns a handler for each event of a contract with the given number of events. */
export const handlersFor = (count: number): Readonly<Record<string, () => object>> =>
  Object.fromEntries(namesOf(count).map(name => [name, () => validReply(name)]))

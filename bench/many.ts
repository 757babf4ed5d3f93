import { event, router, type Router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

/** The events of the contracts that the benchmarks measure by their size. Each has schemas of its own, as in `types/programs.ts`. */
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

/** The schemas of so many events, as TypeBox makes them. */
export const schemasOf = (count: number) =>
  namesOf(count).map(name => ({ name, input: inputOf(name), reply: replyOf(name), taken: takenOf(name) }))

/** The contract of these events. */
export const contractOf = (schemas: ReturnType<typeof schemasOf>): Router =>
  router(
    Object.fromEntries(
      schemas.map(({ name, input, reply, taken }) => [name, event.input(input).ack(reply).errors({ TAKEN: taken })]),
    ),
  )

/** What the event of this name takes in, and what it answers. */
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

/** A handler for each event of such a contract. */
export const handlersFor = (count: number): Readonly<Record<string, () => object>> =>
  Object.fromEntries(namesOf(count).map(name => [name, () => validReply(name)]))

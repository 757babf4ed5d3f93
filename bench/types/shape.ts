/** How a library says what a value is: as the text of its source, or as itself. */
export interface Words<Type> {
  readonly string: Type
  readonly email: Type
  readonly integer: Type
  readonly role: Type
  optional(type: Type): Type
  array(type: Type): Type
  object(properties: Readonly<Record<string, Type>>): Type
}

/** The properties of an object as they stand in a source. */
export const properties = (of: Readonly<Record<string, string>>): string =>
  `{ ${Object.entries(of)
    .map(([name, type]) => `${name}: ${type}`)
    .join(', ')} }`

/** What an event takes in. It has properties of its own, so that no two events share a type. */
export const input = <Type>(words: Words<Type>, id: string): Type =>
  words.object({
    [`email${id}`]: words.email,
    age: words.optional(words.integer),
    tags: words.array(words.string),
    role: words.role,
    address: words.object({ city: words.string, [`zip${id}`]: words.optional(words.string) }),
  })

/** What an event is answered with. */
export const reply = <Type>(words: Words<Type>, id: string): Type =>
  words.object({
    [`id${id}`]: words.integer,
    name: words.string,
    friends: words.array(words.object({ [`name${id}`]: words.string })),
  })

/** What the event's own error carries, where a library can declare one. */
export const taken = <Type>(words: Words<Type>, id: string): Type => words.object({ [`suggestion${id}`]: words.string })

/** An input, as every call gives it. */
export const INPUT = (id: string): string => `{ email${id}: '', tags: [''], role: 'admin', address: { city: '' } }`

/** A reply. */
export const REPLY = (id: string): string => `{ id${id}: 1, name: '', friends: [{ name${id}: '' }] }`

/** What every handler makes of its input: it looks at a property, and answers in either case. */
export const ANSWER = (id: string): string => `(input.age === 1 ? ${REPLY(id)} : ${REPLY(id)})`

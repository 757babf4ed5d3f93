/** A library's notation for types, as source code or as values. */
export interface Words<Type> {
  readonly string: Type
  readonly email: Type
  readonly integer: Type
  readonly role: Type
  optional(type: Type): Type
  array(type: Type): Type
  object(properties: Readonly<Record<string, Type>>): Type
}

/** Returns the properties of an object as source code. */
export const properties = (of: Readonly<Record<string, string>>): string =>
  `{ ${Object.entries(of)
    .map(([name, type]) => `${name}: ${type}`)
    .join(', ')} }`

/** Returns the input of an event. Its property names are unique, so that no two events share a type. */
export const input = <Type>(words: Words<Type>, id: string): Type =>
  words.object({
    [`email${id}`]: words.email,
    age: words.optional(words.integer),
    tags: words.array(words.string),
    role: words.role,
    address: words.object({ city: words.string, [`zip${id}`]: words.optional(words.string) }),
  })

/** Returns the reply of an event. */
export const reply = <Type>(words: Words<Type>, id: string): Type =>
  words.object({
    [`id${id}`]: words.integer,
    name: words.string,
    friends: words.array(words.object({ [`name${id}`]: words.string })),
  })

/** Returns the data of the event's own error, for libraries that can declare one. */
export const taken = <Type>(words: Words<Type>, id: string): Type => words.object({ [`suggestion${id}`]: words.string })

/** Returns the input of each call, as source code. */
export const INPUT = (id: string): string => `{ email${id}: '', tags: [''], role: 'admin', address: { city: '' } }`

/** Returns a reply, as source code. */
export const REPLY = (id: string): string => `{ id${id}: 1, name: '', friends: [{ name${id}: '' }] }`

/** Returns the expression with which every handler answers: it reads a property of its input, and replies in either case. */
export const ANSWER = (id: string): string => `(input.age === 1 ? ${REPLY(id)} : ${REPLY(id)})`

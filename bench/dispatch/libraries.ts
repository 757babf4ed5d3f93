import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { from } from '@ackwire/core/standard'
import { toStandardJsonSchema } from '@valibot/to-json-schema'
import type { TSchema } from '@sinclair/typebox'
import { type } from 'arktype'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import * as v from 'valibot'
import { z } from 'zod-4'
import type { Bind, Handle } from './contenders.js'

/** The outcome of a check by hand. */
type Checked = { readonly value: unknown } | { readonly error: string }

type Check = (value: unknown) => Checked

/** A library's check of the input and of the reply, and its schemas. */
interface Library {
  readonly input: Check
  readonly reply: Check
  readonly schemas: readonly [input: TSchema, reply: TSchema]
}

const byZod =
  (schema: z.ZodType): Check =>
  value => {
    const result = schema.safeParse(value)
    return result.success ? { value: result.data } : { error: result.error.issues[0]?.message ?? '' }
  }
const zodInput = z.object({
  email: z.string(),
  password: z.string().min(6),
  friends: z.array(z.object({ name: z.string(), age: z.int() })).optional(),
})
const zodReply = z.object({ success: z.boolean() })

const byValibot =
  (schema: v.GenericSchema): Check =>
  value => {
    const result = v.safeParse(schema, value)
    return result.success ? { value: result.output } : { error: result.issues[0].message }
  }
const valibotInput = v.object({
  email: v.string(),
  password: v.pipe(v.string(), v.minLength(6)),
  friends: v.optional(v.array(v.object({ name: v.string(), age: v.pipe(v.number(), v.integer()) }))),
})
const valibotReply = v.object({ success: v.boolean() })

const arkInput = type({
  email: 'string',
  password: 'string >= 6',
  'friends?': type({ name: 'string', age: 'number.integer' }).array(),
})
const arkReply = type({ success: 'boolean' })
const byArk =
  (schema: (value: unknown) => unknown): Check =>
  value => {
    const made = schema(value)
    return made instanceof type.errors ? { error: made.summary } : { value: made }
  }

const nextInput = Compile(
  Type.Object({
    email: Type.String(),
    password: Type.String({ minLength: 6 }),
    friends: Type.Optional(Type.Array(Type.Object({ name: Type.String(), age: Type.Integer() }))),
  }),
)
const nextReply = Compile(Type.Object({ success: Type.Boolean() }))
const byNext =
  (schema: typeof nextInput | typeof nextReply): Check =>
  value =>
    schema.Check(value) ? { value } : { error: schema.Errors(value)[0]?.message ?? '' }

const LIBRARIES: Readonly<Record<string, Library>> = {
  Zod: { input: byZod(zodInput), reply: byZod(zodReply), schemas: [from(zodInput), from(zodReply)] },
  Valibot: {
    input: byValibot(valibotInput),
    reply: byValibot(valibotReply),
    schemas: [from(toStandardJsonSchema(valibotInput)), from(toStandardJsonSchema(valibotReply))],
  },
  ArkType: { input: byArk(arkInput), reply: byArk(arkReply), schemas: [from(arkInput), from(arkReply)] },
  'typebox 1': { input: byNext(nextInput), reply: byNext(nextReply), schemas: [from(nextInput), from(nextReply)] },
}

/** Binds a plain listener with a library's checks of input and reply. */
const byHand =
  ({ input, reply }: Library, handle: Handle): Bind =>
  io =>
    io.on('connection', socket =>
      socket.on('sign_up', (raw: unknown, ack: (reply: unknown) => void) => {
        const checked = input(raw)
        if ('error' in checked) return ack(checked)
        const answer = reply(handle(checked.value))
        ack('error' in answer ? { error: 'internal' } : answer.value)
      }),
    )

const byFrom =
  ({ schemas: [input, reply] }: Library, handle: Handle): Bind =>
  io => {
    const server = attach(io, router({ sign_up: event.input(input).ack(reply) }))
    server.onError(() => undefined)
    server.on.sign_up(({ input }) => handle(input))
  }

/** The contenders of each library: its checks by hand, and the same schemas in a contract. */
export const libraryContenders = (handle: Handle): Readonly<Record<string, Bind>> =>
  Object.fromEntries(
    Object.entries(LIBRARIES).flatMap(([name, library]) => [
      [`${name}, by hand`, byHand(library, handle)],
      [`${name}, ackwire`, byFrom(library, handle)],
    ]),
  )

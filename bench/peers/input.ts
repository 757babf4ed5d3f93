import { Type } from '@sinclair/typebox'
import { z } from 'zod/v4'

/** The input of the call as each library declares it. All declarations accept and refuse the same values. */
export const Input = Type.Object({
  email: Type.String(),
  password: Type.String({ minLength: 6 }),
  friends: Type.Optional(Type.Array(Type.Object({ name: Type.String(), age: Type.Integer() }))),
})
export const Reply = Type.Object({ success: Type.Boolean() })

export const ZodInput = z.object({
  email: z.string(),
  password: z.string().min(6),
  friends: z.array(z.object({ name: z.string(), age: z.int() })).optional(),
})
export const ZodReply = z.object({ success: z.boolean() })

const small = { email: 'bob@example.com', password: 'secret' }
const large = {
  ...small,
  friends: Array.from({ length: 28 }, (_, at) => ({ name: `friend number ${at}`, age: 20 + at })),
}

/** The inputs: about 50 bytes, and a kilobyte. An invalid one has a wrong password or a wrong last friend. */
export const INPUTS = {
  small: { valid: small, invalid: { ...small, password: 'short' } },
  large: { valid: large, invalid: { ...large, friends: [...large.friends, { name: 'nobody', age: 0.5 }] } },
} as const

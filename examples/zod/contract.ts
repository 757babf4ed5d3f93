import { event, router } from '@ackwire/core'
import { from } from '@ackwire/core/standard'
import { z } from 'zod'

const SignUp = z
  .object({
    email: z.email().meta({ description: 'User email', examples: ['bob@gmail.com'] }),
    password: z
      .string()
      .min(6)
      .meta({ description: 'User password', examples: ['123456'] }),
  })
  .meta({ id: 'SignUp', description: 'Request model for user sign up' })

/** A date that travels as a string. */
const Moment = z.codec(z.iso.datetime(), z.date(), {
  decode: text => new Date(text),
  encode: date => date.toISOString(),
})

const Welcome = z
  .object({ success: z.boolean(), since: Moment })
  .meta({ id: 'Welcome', description: 'Response model for user sign up' })

export const api = router(
  {
    /** Client to server, acknowledged. */
    user_sign_up: event
      .input(from(SignUp))
      .ack(from(Welcome))
      .errors({ EMAIL_TAKEN: from(z.object({ suggestion: z.string() })) })
      .describe('User sign up'),

    /** Server to client. */
    user_joined: event.output(from(z.object({ email: z.email(), since: Moment }))).describe('A user has joined'),
  },
  { description: 'Sign-up and presence' },
)

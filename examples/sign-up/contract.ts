import { event, router } from '@ackwire/core'
import { Type } from '@ackwire/core/typebox'

const UserSignUpRequest = Type.Object(
  {
    email: Type.String({ format: 'email', description: 'User email', examples: ['bob@gmail.com'] }),
    password: Type.String({ description: 'User password', examples: ['123456'] }),
  },
  { $id: 'UserSignUpRequest', description: 'Request model for user sign up' },
)

const UserSignUpResponse = Type.Object(
  {
    success: Type.Boolean({ default: true, description: 'Success status' }),
    error: Type.Optional(Type.String({ description: 'Error message if any', examples: ['Invalid request'] })),
  },
  { $id: 'UserSignUpResponse', description: 'Response model for user sign up' },
)

export const api = router(
  {
    /** Client to server, acknowledged. */
    user_sign_up: event
      .input(UserSignUpRequest)
      .ack(UserSignUpResponse)
      .errors({ EMAIL_TAKEN: Type.Object({ suggestion: Type.String() }) })
      .describe('User sign up'),

    /** Server to client. */
    user_joined: event.output(Type.Object({ email: Type.String({ format: 'email' }) })).describe('A user has joined'),
  },
  { description: 'Sign-up and presence' },
)

/** The document's title and version. */
export const info = { title: 'Sign-up', version: '1.0.0' }

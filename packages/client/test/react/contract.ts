import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

/** The contract between the page of the tests and its server. */
export const api = router(
  {
    sign_up: event
      .input(Type.String())
      .ack(Type.Integer())
      .errors({ NAME_TAKEN: Type.Object({ suggestion: Type.String() }) }),
    /** Is not answered until the test says so. */
    wait: event.input().ack(Type.String()),
    joined: event.output(Type.String()),
    tail: event
      .input(Type.Object({ file: Type.String() }))
      .stream(Type.Integer())
      .ack(Type.String())
      .errors({ NO_FILE: Type.Object({ instead: Type.String() }) }),
    todo: router({
      list: event.input(Type.Boolean()).ack(Type.Array(Type.String())),
      add: event.input(Type.String()).ack(),
    }),
    '/game-{id}': router({ moved: event.output(Type.Integer()) }),
  },
  { auth: Type.Object({ token: Type.String() }) },
)

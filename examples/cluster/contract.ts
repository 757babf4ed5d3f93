import { event, router } from '@ackwire/core'
import { Type } from '@ackwire/core/typebox'

export const api = router(
  {
    /** Returns the id of the process that serves this client. */
    where: event.input().ack(Type.Integer()),

    /** Sends a message to everyone on every worker. */
    say: event.input(Type.String({ minLength: 1 })).ack(),
    said: event.output(Type.Object({ from: Type.String(), text: Type.String(), worker: Type.Integer() })),

    /** Asks every client for its name. */
    roll_call: event.input().ack(Type.Array(Type.String())),
    name: event.output().ack(Type.String()),
  },
  { auth: Type.Object({ name: Type.String() }) },
)

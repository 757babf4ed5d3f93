import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

export const api = router(
  {
    /** The server downloads, and tells how far it is; at the end, what it has got. Leaving the loop cancels it. */
    download: event
      .input(Type.String({ format: 'uri', description: 'Where the file is' }))
      .stream(
        Type.Object({
          bytes: Type.Integer({ description: 'How many have come' }),
          of: Type.Union([Type.Integer(), Type.Null()], { description: 'How many there are, if the server said so' }),
        }),
      )
      .ack(Type.Object({ bytes: Type.Integer(), sha256: Type.String(), seconds: Type.Number() }))
      .errors({ UNREACHABLE: Type.Object({ reason: Type.String() }) })
      .limit({ inFlight: { perSocket: 3 } })
      .describe('Downloads a file'),
  },
  { description: 'A server that downloads' },
)

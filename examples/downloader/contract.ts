import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

const File = Type.String({ maxLength: 100, description: 'One of `files`', examples: ['slow.bin'] })
const Progress = Type.Object({
  bytes: Type.Integer({ description: 'How many have come' }),
  of: Type.Union([Type.Integer(), Type.Null()], { description: 'How many there are, if the source has said so' }),
})

export const api = router(
  {
    /** What there is to download, on connecting. A client names a file and never an address. */
    files: event.output(Type.Array(File)),

    /** The server downloads, and tells how far it is; at the end, what it has got. Leaving the loop cancels it. */
    download: event
      .input(File)
      .stream(Progress)
      .ack(Type.Object({ bytes: Type.Integer(), sha256: Type.String(), seconds: Type.Number() }))
      .errors({
        NO_SUCH_FILE: Type.Object({}),
        UNREACHABLE: Type.Object({ status: Type.Optional(Type.Integer({ description: 'What the source answered' })) }),
        BROKEN_OFF: Progress,
      })
      .limit({ inFlight: { perSocket: 3 } }),
  },
  { description: 'A server that downloads' },
)

import { event, router } from '@ackwire/core'
import { Type } from '@ackwire/core/typebox'

const File = Type.String({ maxLength: 100, description: 'One of `files`', examples: ['slow.bin'] })
const Progress = Type.Object({
  bytes: Type.Integer({ description: 'Bytes received so far' }),
  of: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Total size in bytes, or null if the source did not say',
  }),
})

export const api = router(
  {
    /** The files that can be downloaded, sent on connection. A client names a file, never an address. */
    files: event.output(Type.Array(File)),

    /** Downloads a file on the server and streams its progress, then the result. Leaving the loop cancels the download. */
    download: event
      .input(File)
      .stream(Progress)
      .ack(Type.Object({ bytes: Type.Integer(), sha256: Type.String(), seconds: Type.Number() }))
      .errors({
        NO_SUCH_FILE: Type.Object({}),
        UNREACHABLE: Type.Object({ status: Type.Optional(Type.Integer({ description: 'HTTP status of the source' })) }),
        BROKEN_OFF: Progress,
      })
      .limit({ inFlight: { perSocket: 3 } }),
  },
  { description: 'A server that downloads files' },
)

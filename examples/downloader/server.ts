import { createHash } from 'node:crypto'
import { attach } from '@ackwire/core/server'
import type { Server } from 'socket.io'
import { api } from './contract.js'

/**
 * Lets a Socket.IO server download what `sources` has the address of, by its name, and nothing else: a server that fetches
 * what its clients name reaches what they can't. `onEnd` is told of each end, also of one that was cancelled.
 */
export const downloads = (
  io: Server,
  sources: ReadonlyMap<string, string>,
  onEnd: (file: string, isWhole: boolean) => void = () => {},
): void => {
  const server = attach(io, api)
  server.on.connection(({ emit }) => emit.files([...sources.keys()]))

  server.on.download(async function* ({ input: file, signal, fail }) {
    const source = sources.get(file) ?? fail('NO_SUCH_FILE', {})
    const began = performance.now()
    let isWhole = false
    try {
      // The signal is aborted when the reader leaves, and with it the request. Packed, the file would have another length.
      const request = { signal, headers: { 'accept-encoding': 'identity' } }
      const response = await fetch(source, request).catch(() => fail('UNREACHABLE', {}))
      if (!response.ok) fail('UNREACHABLE', { status: response.status })
      const length = response.headers.has('content-encoding') ? null : response.headers.get('content-length')
      const of = length === null ? null : Number(length)
      const hash = createHash('sha256')
      let bytes = 0
      try {
        for await (const chunk of response.body ?? []) {
          hash.update(chunk)
          bytes += chunk.length
          yield { bytes, of }
        }
      } catch {
        fail('BROKEN_OFF', { bytes, of })
      }
      isWhole = true
      return { bytes, sha256: hash.digest('hex'), seconds: (performance.now() - began) / 1_000 }
    } finally {
      onEnd(file, isWhole)
    }
  })
}

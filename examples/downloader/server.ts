import { createHash } from 'node:crypto'
import { attach } from '@ackwire/core/server'
import type { Server } from 'socket.io'
import { api } from './contract.js'

/**
 * Adds downloads to a Socket.IO server. Clients can only name the files in `sources`: a server that fetched any address would let
 * clients reach hosts that only the server can. `onEnd` is called after each download, cancelled ones included.
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
      // The signal aborts the request when the reader leaves. A compressed response would have another length.
      const request = { signal, headers: { 'accept-encoding': 'identity' } }
      const response = await fetch(source, request).catch(() => fail('UNREACHABLE', {}))
      if (!response.ok) return fail('UNREACHABLE', { status: response.status })
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
        return fail('BROKEN_OFF', { bytes, of })
      }
      isWhole = true
      return { bytes, sha256: hash.digest('hex'), seconds: (performance.now() - began) / 1_000 }
    } finally {
      onEnd(file, isWhole)
    }
  })
}

import { createHash } from 'node:crypto'
import { attach } from '@ackwire/core/server'
import type { Server } from 'socket.io'
import { api } from './contract.js'

/** Lets a Socket.IO server download what its clients ask for. `onEnd` is told of each end, also of one that was cancelled. */
export const downloads = (io: Server, onEnd: (isWhole: boolean) => void = () => {}): void => {
  attach(io, api).on.download(async function* ({ input: url, signal, fail }) {
    const began = performance.now()
    let isWhole = false
    try {
      // The signal is aborted when the reader leaves, and with it the request.
      const response = await fetch(url, { signal }).catch((error: Error) =>
        fail('UNREACHABLE', { reason: error.message }),
      )
      if (!response.ok || response.body === null) fail('UNREACHABLE', { reason: `status ${response.status}` })
      const length = response.headers.get('content-length')
      const of = length === null ? null : Number(length)
      const hash = createHash('sha256')
      let bytes = 0
      for await (const chunk of response.body ?? []) {
        hash.update(chunk)
        bytes += chunk.length
        yield { bytes, of }
      }
      isWhole = true
      return { bytes, sha256: hash.digest('hex'), seconds: (performance.now() - began) / 1_000 }
    } finally {
      onEnd(isWhole)
    }
  })
}

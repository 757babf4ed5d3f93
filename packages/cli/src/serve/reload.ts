import type { ServerResponse } from 'node:http'

/** Asks for the page again when the server says so. */
export const RELOAD_SCRIPT = `new EventSource(new URL('reload', document.currentScript.src)).addEventListener('reload', () => location.reload())
`

/** The pages that wait to be told of a change. */
export interface Reloads {
  /** Keeps the answer to a page open. */
  add(response: ServerResponse): void
  /** Tells all pages. */
  send(): void
  close(): void
}

/** How often a page hears that nothing happened, so that no proxy takes it for gone. */
const BEAT_MS = 30_000

/** Tells pages of changes, by server-sent events. */
export const createReloads = (): Reloads => {
  const waiting = new Set<ServerResponse>()
  const beat = setInterval(() => waiting.forEach(response => response.write(': still here\n\n')), BEAT_MS)
  beat.unref()
  return {
    add(response) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
      response.write('retry: 500\n\n')
      waiting.add(response)
      response.on('close', () => waiting.delete(response))
    },
    send: () => waiting.forEach(response => response.write('event: reload\ndata: changed\n\n')),
    close() {
      clearInterval(beat)
      for (const response of waiting) response.end()
    },
  }
}

import type { ServerResponse } from 'node:http'

/** Reloads the page when the server sends an event. */
export const RELOAD_SCRIPT = `new EventSource(new URL('reload', document.currentScript.src)).addEventListener('reload', () => location.reload())
`

/** The open pages, which are notified of changes. */
export interface Reloads {
  /** Keeps the response to a page open. */
  add(response: ServerResponse): void
  /** Notifies all pages. */
  send(): void
  close(): void
}

/** The interval of keep-alive comments, in milliseconds, so that proxies don't close the connection. */
const BEAT_MS = 30_000

/** Notifies pages of changes by server-sent events. */
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

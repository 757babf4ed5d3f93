import type { IncomingMessage, ServerResponse } from 'node:http'

/** Decides whether a request may see the page: only `true`, or a promise of it, lets it. */
export type Allow = (request: IncomingMessage) => boolean | Promise<boolean>

/** Resolves to what `allow` decides; what it throws or rejects with, and any value but `true`, is a refusal. */
const isAllowed = async (allow: Allow, request: IncomingMessage): Promise<boolean> => {
  try {
    return (await allow(request)) === true
  } catch {
    return false
  }
}

/** Calls `respond` if `allow` lets the request pass, and answers 403 if not. Never rejects. */
export const respondIf = async (
  allow: Allow,
  request: IncomingMessage,
  response: ServerResponse,
  respond: () => void,
): Promise<void> => {
  const allowed = await isAllowed(allow, request)
  // Meanwhile a time limit of the application's own may have answered.
  if (response.headersSent || response.destroyed) return
  if (allowed) respond()
  else forbid(request, response)
}

const FORBIDDEN = 'This page is not for you: the server does not allow this request.\n'

const forbid = ({ method }: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(403, {
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(FORBIDDEN),
  })
  response.end(method === 'HEAD' ? undefined : FORBIDDEN)
}

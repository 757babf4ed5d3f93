import type { IncomingMessage, ServerResponse } from 'node:http'

/** Decides if a request may see the page: only `true`, or a promise of it, allows it. */
export type Allow = (request: IncomingMessage) => boolean | Promise<boolean>

/** Resolves to the decision of `allow`. An error, and any value other than `true`, is a refusal. */
const isAllowed = async (allow: Allow, request: IncomingMessage): Promise<boolean> => {
  try {
    return (await allow(request)) === true
  } catch {
    return false
  }
}

/** Calls `respond` if `allow` allows the request, otherwise answers 403. Never rejects. */
export const respondIf = async (
  allow: Allow,
  request: IncomingMessage,
  response: ServerResponse,
  respond: () => void,
): Promise<void> => {
  const allowed = await isAllowed(allow, request)
  // The application may have answered in the meantime, for instance at a timeout.
  if (response.headersSent || response.destroyed) return
  if (allowed) respond()
  else forbid(request, response)
}

const FORBIDDEN = 'Forbidden: the server does not allow this request.\n'

const forbid = ({ method }: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(403, {
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(FORBIDDEN),
  })
  response.end(method === 'HEAD' ? undefined : FORBIDDEN)
}

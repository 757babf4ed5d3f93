import { failureIn } from '@ackwire/core/wire'

/** Why the connection failed; `data` is there if the server refused it. */
export interface ConnectError extends Error {
  readonly data?: { readonly code: string; readonly message: string }
}

/** What `connect_error` says. A failure in its `data` is looked at as any other; what has no `code` is the application's own, and stays as it is. */
export const connectErrorOf = (error: ConnectError): ConnectError =>
  error.data?.code === undefined ? error : Object.assign(new Error(error.message), { data: failureIn(error.data) })

import { failureIn } from '@ackwire/core/wire'

/** Why the connection failed; `data` is there if the server refused it. */
export interface ConnectError extends Error {
  readonly data?: { readonly code: string; readonly message: string }
}

/** What `connect_error` says. A server may send anything as an error's `data`: what is no failure is `INVALID_REPLY`. */
export const refusalOf = (error: ConnectError): ConnectError =>
  error.data ? Object.assign(new Error(error.message), { data: failureIn(error.data) }) : error

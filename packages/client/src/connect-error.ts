import { failureIn } from '@ackwire/core/wire'

/** The reason why a connection failed; `data` is defined if the server refused it. */
export interface ConnectError extends Error {
  /** The failure with which the server refused the connection. */
  readonly data?: {
    readonly code: string
    readonly message: string
    /** With `OVERLOADED`: `{ retryAfterMs }`, the milliseconds after which there may be room. The client connects again by itself. */
    readonly data?: unknown
  }
}

/**
 * Returns the error of `connect_error`. A failure in its `data` is checked like any other; data without a `code` is the
 * application's own and is left unchanged.
 */
export const connectErrorOf = (error: ConnectError): ConnectError =>
  error.data?.code === undefined ? error : Object.assign(new Error(error.message), { data: failureIn(error.data) })

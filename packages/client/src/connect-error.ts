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

/** The `connect_error` of a contract with these errors of its handshake. */
export type ConnectErrorOf<Errors> = [keyof Errors] extends [never] ? ConnectError : DeclaredConnectError<Errors>

/** The reason why a connection failed, with a code that the contract declares, or a standard one. */
export interface DeclaredConnectError<Errors> extends Error {
  /** The failure with which the server refused the connection; its `code` narrows its `data`. */
  readonly data?: DeclaredRefusal<Errors> | StandardRefusal
}

type DeclaredRefusal<Errors> = {
  [Code in keyof Errors & string]: {
    readonly code: Code
    readonly message: string
    readonly data: Errors[Code]
  }
}[keyof Errors & string]

interface StandardRefusal {
  readonly code: 'UNAUTHORIZED' | 'TIMEOUT' | 'OVERLOADED' | 'INVALID_REPLY'
  readonly message: string
  /** With `OVERLOADED`: `{ retryAfterMs }`. */
  readonly data?: unknown
}

/**
 * Returns the error of `connect_error`. A failure in its `data` is checked like any other; data without a `code` is the
 * application's own and is left unchanged.
 */
export const connectErrorOf = (error: ConnectError): ConnectError =>
  error.data?.code === undefined ? error : Object.assign(new Error(error.message), { data: failureIn(error.data) })

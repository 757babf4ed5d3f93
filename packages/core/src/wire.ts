/**
 * Errors and streams in the form in which they are sent, for those who implement another client or server.
 *
 * @module
 */

/** A difference between a value and its schema. It never contains the value. */
export interface Issue {
  /** A JSON pointer (RFC 6901) that begins with the argument's index: `/0/email`. */
  readonly path: string
  /** The reason that the value does not match. */
  readonly message: string
}

/** A failure in the form in which it is sent. */
export interface Failure {
  /** The code that discriminates failures. */
  readonly code: string
  /** A sentence for a developer. */
  readonly message: string
  /** The values that do not match their schema. */
  readonly issues?: readonly Issue[]
  /** The data of the error, by its code. */
  readonly data?: unknown
}

/**
 * The codes that any call can fail with, and the type of their `data`. An event can declare further errors of its own.
 */
export interface StandardErrors {
  /** The arguments don't match the contract: `issues` says where. */
  INVALID_INPUT: undefined
  /** The handshake was refused, or its `auth` does not match its schema. */
  UNAUTHORIZED: undefined
  /** The event is not in the contract, and the server has no listener for it. */
  UNKNOWN_EVENT: undefined
  /** The event is in the contract, but has neither handler nor listener. */
  NOT_IMPLEMENTED: undefined
  /** A declared rate limit is exceeded. */
  RATE_LIMITED: { readonly retryAfterMs: number }
  /** A declared limit of calls in flight is reached, or the server is closing. */
  OVERLOADED: { readonly retryAfterMs: number }
  /** No answer arrived in time. */
  TIMEOUT: undefined
  /** The handler failed with an error that the event does not declare. */
  INTERNAL: undefined
  /** The connection was lost or closed before the answer arrived. */
  DISCONNECTED: undefined
  /** The call's `AbortSignal` was aborted. */
  ABORTED: undefined
  /** The value received as an answer does not match the contract. */
  INVALID_REPLY: undefined
}

/** The error that a call rejects with. `code` identifies it and narrows `data`. */
export class EventError<Code extends string = string, Data = unknown> extends Error {
  /** A standard code, or one that the event declares with `.errors`. */
  declare readonly code: Code
  /** The data of the error, of the type that its code has; `undefined` for a code without data. */
  declare readonly data: Data
  /** The places at which the arguments differ from the contract; empty for other codes. */
  declare readonly issues: readonly Issue[]

  /**
   * Narrows a caught value with `instanceof` to an error whose `code` and `data` are `unknown` or narrower; otherwise
   * both would be `any`.
   */
  declare static readonly [Symbol.hasInstance]: (value: unknown) => value is EventError

  constructor(code: Code, data: Data, message: string = code, issues: readonly Issue[] = []) {
    super(message)
    this.name = 'EventError'
    this.code = code
    this.data = data
    this.issues = issues
  }
}

/** The property that distinguishes a failure from a reply: `ack({ $error: { code, message, issues?, data? } })`. */
export const ENVELOPE = '$error'

/** Wraps a failure for the ack. */
export const envelope = (failure: Failure): { readonly [ENVELOPE]: Failure } => ({ [ENVELOPE]: failure })

/** A part of a stream: the answer to its opening and to each `:next`. */
export interface Page {
  /** The items since the previous page. */
  readonly items: readonly unknown[]
  /** The cursor with which to request the next page; absent at the end of the stream. */
  readonly next?: string
  /** The id of the last item, if it has one. The stream can be resumed after it. */
  readonly lastEventId?: string
  /** The final value, in the last page of a stream that has one. */
  readonly value?: unknown
}

/** Returns whether an ack carries a failure. */
export const isEnvelope = (reply: unknown): reply is Record<typeof ENVELOPE, Partial<Failure> | null | undefined> =>
  // `Object` wraps a primitive in an object without that property.
  Object.hasOwn(Object(reply) as object, ENVELOPE)

/** Returns whether a value can be a string in a failure: at most 1,000 UTF-16 code units. */
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 1_000

/**
 * Returns the error that an ack carries, or `undefined` if it carries a reply. An envelope without a valid code becomes
 * `INVALID_REPLY`.
 */
export const errorIn = (reply: unknown): EventError | undefined => {
  if (!isEnvelope(reply)) return undefined
  const { code, data, message, issues } = failureIn(reply[ENVELOPE])
  return new EventError(code, data, message, issues)
}

/**
 * Returns the error of an error-first ack. An object with a code is a failure; anything else is an error of the application's own,
 * which becomes `INTERNAL` with its message. Either is the `cause` as it was sent.
 */
export const errorOf = (given: unknown): EventError => {
  const { code, message = given } = Object(given) as Partial<Failure>
  const failure = isText(code) ? (given as Failure) : { code: 'INTERNAL', message: message as string }
  return Object.assign(errorIn(isEnvelope(given) ? given : envelope(failure)) as EventError, { cause: given })
}

/**
 * Reads a failure that the other side sent, and that may contain anything: properties of another type or beyond the
 * length limit are left out, as are all issues after the first 64. A failure without a code becomes `INVALID_REPLY`.
 */
export const failureIn = (given: unknown): Failure => {
  const { code, data, message, issues } = Object(given) as Partial<Failure>
  if (!isText(code)) return failureIn({ code: 'INVALID_REPLY' })
  const kept = [issues].flat().slice(0, 64).flatMap(issueIn)
  return {
    code,
    message: isText(message) ? message : code,
    ...(kept[0] && { issues: kept }),
    ...(data !== undefined && { data }),
  }
}

const issueIn = (given: unknown): Issue[] => {
  const { path, message } = Object(given) as Partial<Issue>
  return isText(path) && isText(message) ? [{ path, message }] : []
}

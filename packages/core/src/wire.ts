/**
 * Errors and streams as they travel, for those who write another end.
 *
 * @module
 */

/** One way in which a value differs from its schema. It never carries the value. */
export interface Issue {
  /** A JSON pointer (RFC 6901) that begins with the argument's index: `/0/email`. */
  readonly path: string
  /** The reason that the value does not match. */
  readonly message: string
}

/** A failure as it travels. */
export interface Failure {
  /** The code that tells which failure it is. */
  readonly code: string
  /** A sentence for a developer. */
  readonly message: string
  /** The values that do not match their schema. */
  readonly issues?: readonly Issue[]
  /** The data of the error, by its code. */
  readonly data?: unknown
}

/** The codes that any call can fail with, and the type of their `data`. An event's own errors come on top of them. */
export interface StandardErrors {
  /** The arguments don't match the contract: `issues` says where. */
  INVALID_INPUT: undefined
  /** The handshake was refused, or its `auth` does not match its schema. */
  UNAUTHORIZED: undefined
  /** The event is not in the server's contract and nobody listens to it. */
  UNKNOWN_EVENT: undefined
  /** The event is in the contract, but has neither handler nor listener. */
  NOT_IMPLEMENTED: undefined
  /** A declared rate is exceeded. */
  RATE_LIMITED: { readonly retryAfterMs: number }
  /** A declared number of calls in flight is reached, or the server is closing. */
  OVERLOADED: { readonly retryAfterMs: number }
  /** No answer arrived in time. */
  TIMEOUT: undefined
  /** The handler failed in a way that the event does not declare. */
  INTERNAL: undefined
  /** The connection was lost or closed before the answer arrived. */
  DISCONNECTED: undefined
  /** The call's `AbortSignal` was aborted. */
  ABORTED: undefined
  /** What came as an answer is not one. */
  INVALID_REPLY: undefined
}

/** What a call rejects with. `code` tells which error it is and narrows `data`. */
export class EventError<Code extends string = string, Data = unknown> extends Error {
  /** A standard code, or one that the event declares with `.errors`. */
  declare readonly code: Code
  /** What the code's schema says; `undefined` where the code has no data. */
  declare readonly data: Data
  /** Where the arguments differ from the contract; empty for other codes. */
  declare readonly issues: readonly Issue[]

  /** Narrows what is caught to an error whose `code` and `data` must be looked at: without it, both would be `any`. */
  declare static readonly [Symbol.hasInstance]: (value: unknown) => value is EventError

  constructor(code: Code, data: Data, message: string = code, issues: readonly Issue[] = []) {
    super(message)
    this.name = 'EventError'
    this.code = code
    this.data = data
    this.issues = issues
  }
}

// No file but this one knows the shape.
/** The property that tells a failure from a reply: `ack({ $error: { code, message, issues?, data? } })`. */
export const ENVELOPE = '$error'

/** Wraps a failure for the ack. */
export const envelope = (failure: Failure): { readonly [ENVELOPE]: Failure } => ({ [ENVELOPE]: failure })

/** A part of a stream: what the opening of one, and each `:next`, is answered with. */
export interface Page {
  /** What has come since the last one. */
  readonly items: readonly unknown[]
  /** What the next one is asked for with; absent where the stream has ended. */
  readonly next?: string
  /** The id of the last item, if it has one: a stream can be resumed after it. */
  readonly lastEventId?: string
  /** The final value, at the end of a stream that has one. */
  readonly value?: unknown
}

/** Whether an ack carries a failure. */
export const isEnvelope = (reply: unknown): reply is Record<typeof ENVELOPE, Partial<Failure> | null | undefined> =>
  // Of what is no object, `Object` makes one that has no such property.
  Object.hasOwn(Object(reply) as object, ENVELOPE)

/** Whether it can be a text of a failure: one of at most 1,000 UTF-16 code units. */
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 1_000

/** The error that an ack carries, or `undefined` if it carries a reply. An envelope with garbage in it is `INVALID_REPLY`. */
export const errorIn = (reply: unknown): EventError | undefined => {
  if (!isEnvelope(reply)) return undefined
  const { code, data, message, issues } = failureIn(reply[ENVELOPE])
  return new EventError(code, data, message, issues)
}

/**
 * A failure of what the other side, which may be anybody, has sent as one: what is not of its type, or too long, is left out,
 * as are all issues but 64. What has no code is `INVALID_REPLY`.
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

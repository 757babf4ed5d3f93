import type { Failure } from '../wire.js'

/** A namespace of a contract as a client has it at run time. It is made by the contract, so that a client needs no validator of its own. */
export interface ClientContract {
  /** Returns its name with these parameters filled in. @throws TypeError for parameters that don't match. */
  fill(params: Readonly<Record<string, unknown>>): string
  /** Returns an event that the client sends, by its name on the wire. @throws TypeError where the contract has no such input. */
  input(event: string): ClientInput
  /**
   * Returns an event that the client receives, by its name on the wire; `undefined` for Socket.IO's own events, which no contract has.
   * @throws TypeError where the contract has no such output.
   */
  output(event: string): ClientOutput | undefined
}

/** An event that a client sends. */
export interface ClientInput {
  /** True if the other side answers the event. */
  readonly isAnswered: boolean
  /** True if a trace context may follow the values. */
  readonly hasTraceContext?: boolean
  /** Returns the arguments in their wire form. @throws EventError `INVALID_INPUT` with issues if they don't match the contract. */
  encode(values: readonly unknown[]): readonly unknown[]
  /**
   * Returns the reply that an answer carries, given the arguments of the ack; for a stream, a page. @throws EventError for a
   * failure, and `INVALID_REPLY` for an invalid answer.
   */
  decode(...answer: readonly unknown[]): unknown
}

/** An event that a client receives. */
export interface ClientOutput {
  /** The form of the ack, if it takes an error first. */
  readonly acks?: 'error-first' | undefined
  /**
   * Returns the arguments decoded for the application. With connection state recovery an offset can follow them:
   * `hasOffset` is true if the last value could be one. @throws EventError `INVALID_OUTPUT` with issues if they don't match the contract.
   */
  decode(values: readonly unknown[], hasOffset: boolean): readonly unknown[]
  /** Returns a reply in its wire form. @throws EventError `INVALID_REPLY` with issues if it does not match the contract. */
  encode(reply: unknown): unknown
  /** Returns the failure that answers an error, or `undefined` if the event does not declare the error. @throws EventError if its data can't be encoded. */
  failureOf(error: unknown): Failure | undefined
}

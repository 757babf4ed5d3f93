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
  /** Whether the other side answers it. */
  readonly isAnswered: boolean
  /** Whether a trace context may follow the values. */
  readonly hasTraceContext?: boolean
  /** The arguments as they travel. @throws EventError `INVALID_INPUT` with issues where they don't match. */
  encode(values: readonly unknown[]): readonly unknown[]
  /** What the answer says, of a stream a page. @throws EventError for a failure, and `INVALID_REPLY` for what is no answer. */
  decode(answer: unknown): unknown
}

/** An event that a client receives. */
export interface ClientOutput {
  /**
   * The arguments as the application has them. With connection state recovery an offset can follow them: `hasOffset` says
   * that the last could be one. @throws EventError `INVALID_OUTPUT` with issues where they don't match.
   */
  decode(values: readonly unknown[], hasOffset: boolean): readonly unknown[]
  /** An answer as it travels. @throws EventError `INVALID_REPLY` with issues where it does not match. */
  encode(reply: unknown): unknown
  /** What is answered for an error; `undefined` where the event does not declare it. @throws EventError if its data can't be encoded. */
  failureOf(error: unknown): Failure | undefined
}

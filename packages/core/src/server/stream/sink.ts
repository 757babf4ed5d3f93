/** A stream as its handler has it. */
export interface Sink {
  /** The id after which a client that had lost the stream goes on. */
  readonly lastEventId: string | undefined
  /** Aborted when nobody reads any more. */
  readonly signal: AbortSignal
  /** Takes items from a source as long as somebody reads, and resolves to what the source returns. Rejects with what is thrown. */
  fill(begin: () => PromiseLike<AsyncIterator<unknown>> | AsyncIterator<unknown>): Promise<unknown>
}

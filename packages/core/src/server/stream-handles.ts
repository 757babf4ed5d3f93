/** A stream as its handler has it. */
export interface Sink {
  /** The id after which a client that had lost the stream goes on. */
  readonly lastEventId: string | undefined
  /** Aborted when nobody reads any more. */
  readonly signal: AbortSignal
  /** Takes items from a source as long as somebody reads, and resolves to what the source returns. Rejects with what is thrown. */
  fill(begin: () => PromiseLike<AsyncIterator<unknown>> | AsyncIterator<unknown>): Promise<unknown>
}

/** A stream as the connection has it that reads it. */
export interface Reader {
  /**
   * Tells whether to ask for a page, or to stop, is a step that its reader has to take. It does so once for each step, and a
   * few times more of a page, whose answer can be lost.
   */
  claim(step: number | 'stop'): boolean
  /** Answers a page as soon as there is one; `false` where it can't be had (any more), and the ack is not called. */
  pull(page: number, ack: ((page: unknown) => void) | undefined): boolean
  /** Ends it, as nobody reads it any more. */
  stop(): void
  /** Ends it from this side: who reads on is told so. */
  close(): void
}

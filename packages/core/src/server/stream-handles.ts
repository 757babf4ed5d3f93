/** A stream from the side of its handler. */
export interface Sink {
  /** The id of the last item that the client received, if it resumes the stream. */
  readonly lastEventId: string | undefined
  /** The signal that is aborted when the client stops reading. */
  readonly signal: AbortSignal
  /** Reads a source as long as the client reads, and resolves to its return value. Rejects with the error of the source. */
  fill(begin: () => PromiseLike<AsyncIterator<unknown>> | AsyncIterator<unknown>): Promise<unknown>
}

/** A stream from the side of the connection that reads it. */
export interface Reader {
  /**
   * Tells whether the reader may request a page, or stop, as its next step. Each step is allowed once, and a page, whose
   * answer can be lost, a few times more.
   */
  claim(step: number | 'stop'): boolean
  /** Answers with a page as soon as there is one. Returns `false`, and does not call the ack, if the page is not available. */
  pull(page: number, ack: ((page: unknown) => void) | undefined): boolean
  /** Ends the stream because its reader has stopped. */
  stop(): void
  /** Ends the stream because the server closes it; the reader is notified. */
  close(): void
}

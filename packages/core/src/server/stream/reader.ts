/** A stream as the socket has it that reads it. */
export interface Reader {
  /** Answers a page as soon as there is one; `false` where it can't be had (any more), and the ack is not called. */
  pull(page: number, ack: ((page: unknown) => void) | undefined): boolean
  /** Ends it, as nobody reads it any more. */
  stop(): void
  /** Ends it from this side: who reads on is told so. */
  close(): void
}

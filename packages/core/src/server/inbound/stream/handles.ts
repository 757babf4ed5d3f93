/** A stream as the socket has it that reads it. */
export interface Reader {
  /**
   * Says whether to ask for a page, or to stop, is a step that its reader has to take. It says so once of each step, and a
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

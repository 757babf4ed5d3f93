/** The output and exit code of a command. */
export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A command that is running. */
export interface Running {
  /** Its output so far; the code is `null` until it has ended. */
  readonly ran: Ran
  readonly ended: Promise<Ran>
  /** Interrupts it, as Ctrl+C does. */
  stop(): Promise<Ran>
}

/** Returns a signal that is aborted as soon as either of two signals is. */
export const abortedBy = (signal: AbortSignal, other: AbortSignal | undefined): AbortSignal =>
  other ? AbortSignal.any([signal, other]) : signal

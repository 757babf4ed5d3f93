/** A signal that is aborted as soon as one of two is. */
export const abortedBy = (signal: AbortSignal, other: AbortSignal | undefined): AbortSignal =>
  other ? AbortSignal.any([signal, other]) : signal

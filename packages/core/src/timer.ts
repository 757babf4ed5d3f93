/** The longest delay of a timer, about 24 days; a longer one would be over at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Limits a duration to the longest delay of a timer. Both are in milliseconds. */
export const timerFor = (ms: number): number => Math.min(ms, LONGEST_TIMER_MS)

/** Whether a server takes events, and how many handlers are at work. Shared by all its namespaces. */
export interface Duty {
  /** `closing` refuses new calls, `detached` leaves them to the application. */
  state: 'open' | 'closing' | 'detached'
  /** Asynchronous handlers that have not answered. */
  running: number
  /** Until when running handlers are waited for, in milliseconds since the epoch. */
  drainUntil: number
  /** Told when the last of them has answered. */
  onIdle: (() => void) | undefined
}

/** A server that takes events. */
export const createDuty = (): Duty => ({ state: 'open', running: 0, drainUntil: 0, onIdle: undefined })

/** One more handler is at work. */
export const begin = (duty: Duty): void => {
  duty.running++
}

/** One less. */
export const end = (duty: Duty): void => {
  duty.running--
  if (duty.running === 0) duty.onIdle?.()
}

/** Refuses new calls from now on, and waits for the running ones, but no longer than `ms`. */
export const drain = (duty: Duty, ms: number): Promise<void> => {
  if (duty.state === 'detached') return Promise.resolve()
  duty.state = 'closing'
  duty.drainUntil = Date.now() + ms
  if (duty.running === 0) return Promise.resolve()
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    duty.onIdle = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}

/** How long the handler of one call may take. */
export interface TimeLimit {
  isOver: boolean
  /** Made for the first that asks for the signal: it costs as much as the rest of a message. */
  controller: AbortController | undefined
}

/** A limit that is not over. */
export const timeLimit = (): TimeLimit => ({ isOver: false, controller: undefined })

/** Says that the time is over. */
export const expire = (limit: TimeLimit): void => {
  limit.isOver = true
  limit.controller?.abort()
}

/** The signal that is aborted when the time is over, or is already if it is. */
export const timeSignalOf = (limit: TimeLimit): AbortSignal => {
  limit.controller ??= new AbortController()
  if (limit.isOver) limit.controller.abort()
  return limit.controller.signal
}

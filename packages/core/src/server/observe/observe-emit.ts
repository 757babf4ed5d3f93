import { EventError } from '../../wire.js'
import type { ObservedOutput, Observer } from './observer.js'
import type { Observers } from './observers.js'

/** Emits, and notifies the observers of the emit and later of its answer. They are not notified of an error that the emit throws. */
export const observeEmit = (
  observers: Observers,
  list: readonly Observer[],
  output: ObservedOutput,
  emit: () => Promise<unknown> | undefined,
): Promise<unknown> | undefined => {
  const since = performance.now()
  const answer = emit()
  // Nothing was emitted to a socket that has left; where an answer is awaited, that is its outcome.
  if (answer === undefined && output.socket?.connected === false) return undefined
  observers.tell(list, 'onEmit', output, observer => observer.onEmit?.(output))
  const acked = (code: string | undefined): void => {
    const outcome = { code, durationMs: performance.now() - since }
    observers.tell(list, 'onAck', output, observer => observer.onAck?.(output, outcome))
  }
  answer?.then(
    () => acked(undefined),
    (error: unknown) => acked(error instanceof EventError ? error.code : 'INTERNAL'),
  )
  return answer
}

import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { ApiEvent } from '../../document/event.js'
import { createLatest, type Latest } from './latest.js'
import type { Issue } from './issue.js'

/** The outcome of a call. */
export interface Answer {
  readonly kind: 'ack' | 'error' | 'timeout' | 'lost' | 'cancelled'
  /** The value as it was sent. */
  readonly value: unknown
  readonly error?: Failure
  readonly ms: number
  /** The issues of an acknowledgement. */
  readonly issues: readonly Issue[]
}

/** An error in an acknowledgement or a refused handshake. */
export interface Failure {
  readonly code: string | undefined
  readonly message: string
  readonly issues: readonly Issue[]
  readonly data: unknown
}

/** A stream that is being read. */
export interface Flow {
  readonly latest: Latest<readonly [number: number, item: unknown]>
  readonly count: ReadonlySignal<number>
  readonly end: ReadonlySignal<Answer | undefined>
  cancel(): void
}

/** An entry of the log. */
export interface LogEntry {
  readonly id: number
  readonly at: number
  /** The key of its namespace, with its actual name. */
  readonly channel: string
  readonly namespace: string
  readonly kind: 'sent' | 'received' | 'connection'
  readonly name: string
  readonly args: readonly unknown[]
  /** The event in the contract, or `undefined` if it is not declared. */
  readonly event: ApiEvent | undefined
  /** The issues of the arguments. */
  readonly issues: readonly Issue[]
  readonly isTrouble: boolean
  /** The answer: the server's to an input, or ours to an output. */
  readonly answer: ReadonlySignal<Answer | undefined>
  /** The stream that an input has opened, if any; its end is the answer. */
  readonly flow: Flow | undefined
  /** Answers an output; defined while the server waits for an answer. */
  readonly reply: ((value: unknown) => void) | undefined
}

const MOST_KEPT = 500

/** The entries of the log, latest first. */
export interface Log {
  readonly entries: ReadonlySignal<readonly LogEntry[]>
  /** The number of entries that arrived while the log is paused. */
  readonly held: ReadonlySignal<number>
  readonly isPaused: Signal<boolean>
  add(entry: Omit<LogEntry, 'id' | 'at'>): LogEntry
  pause(on: boolean): void
  clear(): void
}

/** Creates a log. */
export const createLog = (): Log => {
  const latest = createLatest<LogEntry>(MOST_KEPT)
  const held = signal(0)
  const isPaused = signal(false)
  let waiting: readonly LogEntry[] = []
  let count = 0
  const clearHeld = (): void => {
    waiting = []
    held.value = 0
  }
  return {
    entries: latest.items,
    held,
    isPaused,
    add(entry) {
      const added = { ...entry, id: ++count, at: Date.now() }
      if (isPaused.value) {
        waiting = [added, ...waiting].slice(0, MOST_KEPT)
        held.value++
      } else latest.add(added)
      return added
    },
    pause(on) {
      isPaused.value = on
      if (on) return
      latest.add(...waiting)
      clearHeld()
    },
    clear() {
      latest.clear()
      clearHeld()
    },
  }
}

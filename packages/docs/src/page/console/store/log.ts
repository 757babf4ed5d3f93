import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals'
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
const NONE_HELD = { all: 0, kept: 0 }

/** The entries of the log, latest first. */
export interface Log {
  readonly entries: ReadonlySignal<readonly LogEntry[]>
  /** The number of all entries since the log was cleared, with those that are no longer kept. */
  readonly count: ReadonlySignal<number>
  /** The number of entries that arrived while the log is paused, and how many of them are kept. */
  readonly held: ReadonlySignal<{ readonly all: number; readonly kept: number }>
  readonly isPaused: Signal<boolean>
  add(entry: Omit<LogEntry, 'id' | 'at'>): LogEntry
  pause(on: boolean): void
  clear(): void
}

/** Creates a log. */
export const createLog = (): Log => {
  const latest = createLatest<LogEntry>(MOST_KEPT)
  const held = signal(NONE_HELD)
  const dropped = signal(0)
  const isPaused = signal(false)
  let waiting: readonly LogEntry[] = []
  let count = 0
  const clearHeld = (): void => {
    waiting = []
    held.value = NONE_HELD
  }
  return {
    entries: latest.items,
    count: computed(() => latest.count.value + dropped.value + held.value.all),
    held,
    isPaused,
    add(entry) {
      const added = { ...entry, id: ++count, at: Date.now() }
      if (isPaused.value) {
        waiting = [added, ...waiting].slice(0, MOST_KEPT)
        held.value = { all: held.value.all + 1, kept: waiting.length }
      } else latest.add(added)
      return added
    },
    pause(on) {
      isPaused.value = on
      if (on) return
      batch(() => {
        dropped.value += held.value.all - held.value.kept
        latest.add(...waiting)
        clearHeld()
      })
    },
    clear() {
      dropped.value = 0
      latest.clear()
      clearHeld()
    },
  }
}

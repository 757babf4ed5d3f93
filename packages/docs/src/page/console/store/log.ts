import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { ApiEvent } from '../../document/event.js'
import { createLatest, type Latest } from './latest.js'
import type { Issue } from './validate.js'

/** How a call ended. */
export interface Answer {
  readonly kind: 'ack' | 'error' | 'timeout' | 'lost' | 'cancelled'
  /** As it travelled. */
  readonly value: unknown
  readonly error?: Failure
  readonly ms: number
  /** How an ack differs from the contract. */
  readonly issues: readonly Issue[]
}

/** An error as an ack or a refused handshake carries it. */
export interface Failure {
  readonly code: string | undefined
  readonly message: string
  readonly issues: readonly Issue[]
  readonly data: unknown
}

/** A stream as it is read. */
export interface Flow {
  readonly latest: Latest<readonly [number: number, item: unknown]>
  readonly count: ReadonlySignal<number>
  readonly end: ReadonlySignal<Answer | undefined>
  cancel(): void
}

/** One line of the log. */
export interface LogEntry {
  readonly id: number
  readonly at: number
  /** The key of its namespace, and the name that it had on the wire. */
  readonly channel: string
  readonly namespace: string
  readonly kind: 'sent' | 'received' | 'connection'
  readonly name: string
  readonly args: readonly unknown[]
  /** What the contract says of it, `undefined` if it does not name it. */
  readonly event: ApiEvent | undefined
  /** How it differs from the contract. */
  readonly issues: readonly Issue[]
  readonly isTrouble: boolean
  /** How it was answered: an input by the server, an output from here. */
  readonly answer: ReadonlySignal<Answer | undefined>
  /** What an input has opened, if it is a stream; its end is the answer. */
  readonly flow: Flow | undefined
  /** Answers an output; there as long as the server waits for one. */
  readonly reply: ((value: unknown) => void) | undefined
}

const MOST_KEPT = 500

/** What happened, the latest first. */
export interface Log {
  readonly entries: ReadonlySignal<readonly LogEntry[]>
  /** What came while the log is paused. */
  readonly held: ReadonlySignal<number>
  readonly isPaused: Signal<boolean>
  add(entry: Omit<LogEntry, 'id' | 'at'>): LogEntry
  pause(on: boolean): void
  clear(): void
}

/** Begins a log. */
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

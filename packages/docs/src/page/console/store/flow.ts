import { signal } from '@preact/signals'
import { LONGEST_TIMER_MS } from '@ackwire/core/internal'
import { ENVELOPE } from '@ackwire/core/wire'
import type { Socket } from 'socket.io-client'
import type { ApiEvent } from '../../document/event.js'
import { listIn, property, textIn } from '../../../parse/json.js'
import type { ApiStream } from '../../document/stream.js'
import { answerOf, checkReply, lostAnswer } from './answer.js'
import { createLatest } from './latest.js'
import type { Answer, Flow } from './log.js'
import type { Validate } from './validate.js'

/** The session of a stream, with its validation. */
interface FlowOptions {
  readonly event: ApiEvent
  readonly stream: ApiStream
  readonly socket: Socket
  readonly validate: Validate
  /** The time limit for opening the stream. */
  readonly timeoutMs: number
}

const MOST_SHOWN = 50

/** The pause between two pages: a reader needs no higher rate, and the server waits. */
const PAUSE_MS = 100

/** Opens a stream and reads it page by page, until it ends or is cancelled. */
export const openFlow = (args: readonly unknown[], options: FlowOptions): Flow => {
  const { event, stream, socket, validate, timeoutMs } = options
  const latest = createLatest<readonly [number, unknown]>(MOST_SHOWN)
  const count = signal(0)
  const end = signal<Answer | undefined>(undefined)
  const started = performance.now()
  let next: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const stop = (): void => {
    if (next !== undefined) socket.emit(stream.stop, next)
    next = undefined
  }
  const take = (page: unknown): void => {
    next = textIn(page, 'next')
    if (end.value !== undefined) return stop()
    const ms = performance.now() - started
    const issues = checkReply(event, page, validate)
    if (property(page, ENVELOPE) !== undefined || !Array.isArray(property(page, 'items'))) {
      end.value = answerOf(page, ms, issues)
      return
    }
    for (const item of listIn(page, 'items')) latest.add([++count.value, item])
    if (issues.length > 0 || next === undefined) {
      end.value = answerOf(property(page, 'value'), ms, issues)
      return stop()
    }
    timer = setTimeout(() => ask(LONGEST_TIMER_MS, stream.next, next), PAUSE_MS)
  }
  const ask = (limitMs: number, name: string, ...given: readonly unknown[]): void =>
    void socket.timeout(limitMs).emit(name, ...given, (lost: Error | null, page: unknown) => {
      if (lost === null) take(page)
      else end.value ??= lostAnswer(socket.connected, performance.now() - started)
    })
  ask(timeoutMs, event.name, ...args)

  return {
    latest,
    count,
    end,
    cancel() {
      clearTimeout(timer)
      end.value ??= { kind: 'cancelled', value: undefined, ms: performance.now() - started, issues: [] }
      stop()
    },
  }
}

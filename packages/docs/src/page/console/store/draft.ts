import { signal, type Signal } from '@preact/signals'
import type { Api } from '../../document/api.js'
import type { ApiEvent } from '../../document/event.js'
import { initialOf } from './initial.js'
import { createLatest, type Latest } from './latest.js'
import type { LogEntry } from './log.js'
import { createMemory, type Memory } from './memory.js'
import type { Unread } from './unread.js'

/** The reader's input in the form of an event. */
export interface Draft {
  readonly args: Signal<readonly unknown[]>
  /** The text of the arguments while it is no list of them. */
  readonly unread: Signal<Unread | undefined>
  readonly memory: Memory
  /** The answer to an output, and which of its replies it is. */
  readonly answer: Signal<unknown>
  readonly answerKind: Signal<number>
  readonly isAnsweredAtOnce: Signal<boolean>
  /** The latest entries of this event, last first. */
  readonly history: Latest<LogEntry>
}

const MOST_SHOWN = 20

/** Creates the draft of an event, with the initial values of its schemas. */
export const createDraft = (event: ApiEvent, api: Api): Draft => ({
  args: signal(event.args.filter(({ isRequired }) => isRequired).map(({ schema }) => initialOf(schema, api.resolve))),
  unread: signal(undefined),
  memory: createMemory(),
  answer: signal(initialOf(event.replies[0]?.schema, api.resolve)),
  answerKind: signal(0),
  isAnsweredAtOnce: signal(false),
  history: createLatest(MOST_SHOWN),
})

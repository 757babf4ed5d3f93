import { effect, signal, type Signal } from '@preact/signals'
import type { Api } from '../../document/api.js'
import type { ApiEvent } from '../../document/event.js'
import { initialOf } from './initial.js'
import { createLatest, type Latest } from './latest.js'
import type { LogEntry } from './log.js'
import { createMemory, type Memory } from './memory.js'
import { isJson, listIn, numberOf, property } from '../../../parse/json.js'
import { load, save } from './saved.js'
import { Unread } from './unread.js'

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

/** Creates the draft of an event: as it was before the page was loaded again, or with the initial values of its schemas. */
export const createDraft = (event: ApiEvent, api: Api): Draft => {
  const name = `draft ${event.id}`
  const known = load(name)
  const required = event.args.filter(({ isRequired }) => isRequired)
  const draft: Draft = {
    args: signal(
      property(known, 'args') === undefined
        ? required.map(({ schema }) => initialOf(schema, api.resolve))
        : listIn(known, 'args'),
    ),
    unread: signal(unreadOf(property(known, 'unread'))),
    memory: createMemory(),
    answer: signal(isJson(known) ? known['answer'] : initialOf(event.replies[0]?.schema, api.resolve)),
    answerKind: signal(numberOf(property(known, 'answerKind')) ?? 0),
    isAnsweredAtOnce: signal(property(known, 'isAnsweredAtOnce') === true),
    history: createLatest(MOST_SHOWN),
  }
  const { args, unread, answer, answerKind, isAnsweredAtOnce } = draft
  effect(() =>
    save(name, {
      args: args.value,
      unread: unread.value,
      answer: answer.value,
      answerKind: answerKind.value,
      isAnsweredAtOnce: isAnsweredAtOnce.value,
    }),
  )
  return draft
}

const unreadOf = (value: unknown): Unread | undefined => (value instanceof Unread ? value : undefined)

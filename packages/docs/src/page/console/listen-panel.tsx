import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { ENVELOPE } from '@ackwire/core/wire'
import type { ApiEvent, Reply } from '../document/event.js'
import { inside } from '../../parse/json.js'
import { Value } from '../text/value.js'
import { CodePanel } from './code/code-panel.js'
import { Connection } from './connection.js'
import { MemoryProvider, useStore } from './store/context.js'
import { Field } from './form/field.js'
import { JsonField } from './form/json-field.js'
import { initialOf } from './store/initial.js'
import { IssueList } from './issue-list.js'
import { IssueSummary } from './issue-summary.js'
import { unreadIn } from './store/unread.js'
import type { LogEntry } from './store/log.js'
import { clock } from './outcome.js'
import type { Session } from './store/session.js'
import type { Issue } from './store/issue.js'

/** The panel of an output: the received events, and the answer to them. */
export const ListenPanel = ({ event, session }: { readonly event: ApiEvent; readonly session: Session }): VNode => {
  const store = useStore()
  const draft = store.draftOf(event)
  const [checked, setChecked] = useState(false)
  const reply = event.replies[draft.answerKind.value]
  const issues = reply?.schema === undefined ? [] : store.validate(reply.schema, draft.answer.value)
  const isReadable = unreadIn(draft.answer.value).length === 0
  const answer = (give: (value: unknown) => void): void => {
    if ((!checked || !isReadable) && issues.length > 0) return setChecked(true)
    setChecked(false)
    give(draft.answer.value)
  }
  const received = draft.history.items.value
  return (
    <>
      <Connection session={session} />
      {event.isAnswered && <AnswerForm event={event} issues={checked ? issues : []} />}
      <section class="received" aria-label="Received">
        <div class="panel-head">
          <h2>Received</h2>
          {received.length > 0 && <span class="count">{received.length}</span>}
        </div>
        {received.length === 0 ? (
          <p class="empty">
            {session.status.value === 'open'
              ? 'Nothing yet. Events from the server are shown here.'
              : 'Connect to see events from the server here.'}
          </p>
        ) : (
          received
            .slice(0, 5)
            .map(entry => (
              <Came
                entry={entry}
                onAnswer={answer}
                isAnyway={checked && isReadable && issues.length > 0}
                key={entry.id}
              />
            ))
        )}
      </section>
      <CodePanel
        isReadable={isReadable && session.isReadable()}
        call={{
          event,
          namespace: session.namespace,
          name: session.name(),
          server: store.servers[session.handshake.value.server],
          handshake: session.handshake.value,
          args: [],
          answer: draft.answer.value,
          isError: reply?.isError === true,
        }}
      />
    </>
  )
}

interface CameProps {
  readonly entry: LogEntry
  readonly onAnswer: (give: (value: unknown) => void) => void
  /** True if the answer is known not to match the contract. */
  readonly isAnyway: boolean
}

const Came = ({ entry, onAnswer, isAnyway }: CameProps): VNode => {
  const { args, issues, at, reply } = entry
  const given = entry.answer.value
  return (
    <div class={issues.length > 0 ? 'outcome bad' : 'outcome good'}>
      <p class="outcome-head">
        <strong>{issues.length > 0 ? 'Does not match the contract' : 'Matches the contract'}</strong>
        <span class="outcome-note">
          <time>{clock(at)}</time>
        </span>
      </p>
      <IssueList issues={issues} />
      {args.length > 0 && <Value value={args.length === 1 ? args[0] : args} label="the received value" />}
      {reply !== undefined && (
        <div class="send-row">
          {given === undefined ? (
            <button type="button" class="button primary" onClick={() => onAnswer(reply)}>
              {isAnyway ? 'Answer anyway' : 'Answer'}
            </button>
          ) : (
            <span class="quiet">Answered after {Math.round(given.ms)} ms.</span>
          )}
        </div>
      )}
    </div>
  )
}

const AnswerForm = ({ event, issues }: { readonly event: ApiEvent; readonly issues: readonly Issue[] }): VNode => {
  const { api, draftOf } = useStore()
  const { answer, answerKind, isAnsweredAtOnce, memory } = draftOf(event)
  const [isRaw, setRaw] = useState(false)
  const reply = event.replies[answerKind.value]
  const set = (value: unknown): void => {
    answer.value = value
  }
  return (
    <section class="call" aria-label="Answer">
      <div class="panel-head">
        <h2>Answer</h2>
        {reply?.schema !== undefined && (
          <button type="button" class="link" aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
            {isRaw ? 'Form' : 'JSON'}
          </button>
        )}
      </div>
      {event.replies.length > 1 && (
        <select
          aria-label="What to answer with"
          value={String(answerKind.value)}
          onChange={change => {
            answerKind.value = Number(change.currentTarget.value)
            answer.value = initialAnswer(event.replies[answerKind.value], api.resolve)
          }}
        >
          {event.replies.map((each, index) => (
            <option value={String(index)} key={index}>
              {each.isError ? `the error ${each.code ?? ''}` : 'the acknowledgement'}
            </option>
          ))}
        </select>
      )}
      {reply?.schema === undefined ? (
        <p class="quiet">A receipt, without a value.</p>
      ) : isRaw ? (
        <JsonField schema={reply.schema} value={answer.value} onChange={set} path="/answer" label="The answer" />
      ) : (
        <MemoryProvider value={memory}>
          <Field
            schema={reply.schema}
            value={answer.value}
            onChange={set}
            path=""
            issues={issues}
            label="value"
            isBare={inside(api.resolve(reply.schema).value, 'properties') !== undefined}
          />
        </MemoryProvider>
      )}
      {issues.length > 0 && <IssueSummary title="The answer does not match the contract." issues={issues} />}
      <label class="check">
        <input
          type="checkbox"
          checked={isAnsweredAtOnce.value}
          onChange={change => {
            isAnsweredAtOnce.value = change.currentTarget.checked
          }}
        />
        Answer each one with this as it comes
      </label>
    </section>
  )
}

/** Returns the initial answer. An error's message is its code until another one is entered. */
const initialAnswer = (reply: Reply | undefined, resolve: Parameters<typeof initialOf>[1]): unknown => {
  const value = initialOf(reply?.schema, resolve)
  if (reply?.isError !== true || typeof value !== 'object' || value === null) return value
  const message = reply.code ?? ''
  if (inside(value, ENVELOPE) !== undefined)
    return { ...value, [ENVELOPE]: { ...Object(inside(value, ENVELOPE)), message } }
  return 'message' in value && 'code' in value ? { ...value, message } : value
}

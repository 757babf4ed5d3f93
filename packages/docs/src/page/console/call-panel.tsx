import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { ApiEvent } from '../document/event.js'
import { CodePanel } from './code/code-panel.js'
import { Connection } from './connection.js'
import { ExampleRow } from './example-row.js'
import { ArgumentsForm } from './form/arguments-form.js'
import { IssueSummary } from './issue-summary.js'
import { Outcome } from './outcome.js'
import { trimmed } from './store/answer.js'
import { MemoryProvider, useStore } from './store/context.js'
import type { Session } from './store/session.js'
import { Unread } from './store/unread.js'

/** The panel of an input: its form, the results of its calls, and equivalent code. */
export const CallPanel = ({ event, session }: { readonly event: ApiEvent; readonly session: Session }): VNode => {
  const store = useStore()
  const { args, unread, memory, history } = store.draftOf(event)
  // The number of the attempt whose issues are shown.
  const [attempt, setAttempt] = useState(0)
  const [isChecked, setChecked] = useState(false)
  const [isRaw, setRaw] = useState(false)
  const issues = store.check(event)
  const isReadable = store.isReadable(event)
  const isOpen = session.status.value === 'open'
  const set = (next: readonly unknown[] | Unread): void => {
    unread.value = next instanceof Unread ? next : undefined
    if (!(next instanceof Unread)) args.value = next
  }
  const send = (): void => {
    store.send(event)
    setChecked(false)
  }
  const submit = (): void => {
    if (!isOpen) return
    if (issues.length === 0) return send()
    setAttempt(attempt + 1)
    setChecked(true)
  }
  const hasArguments = event.args.length > 0 || event.rest !== undefined
  const shown = isChecked ? issues : []
  const [last, ...earlier] = history.items.value.slice(0, 5)
  return (
    <>
      <Connection session={session} />
      <form
        class="call"
        aria-label={`Try ${event.name}`}
        onSubmit={submission => {
          submission.preventDefault()
          submit()
        }}
        onKeyDown={key => {
          if (key.key !== 'Enter') return
          if (key.ctrlKey || key.metaKey) submit()
          // Otherwise the browser would send at the first Enter in a field.
          else if (key.target instanceof HTMLInputElement) key.preventDefault()
        }}
      >
        <div class="panel-head">
          <h2>Try it</h2>
          {hasArguments && (
            <button type="button" class="link" aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
              {isRaw ? 'Form' : 'JSON'}
            </button>
          )}
        </div>
        <ExampleRow
          event={event}
          onChoose={next => {
            set(next)
            setChecked(false)
          }}
        />
        {hasArguments ? (
          <MemoryProvider value={memory}>
            <ArgumentsForm
              event={event}
              args={args.value}
              unread={unread.value}
              onChange={set}
              issues={shown}
              isRaw={isRaw}
            />
          </MemoryProvider>
        ) : (
          <p class="quiet">It has no arguments.</p>
        )}
        <div class="foot">
          {isOpen && shown.length > 0 && (
            <IssueSummary
              key={attempt}
              title={isReadable ? 'The arguments do not match the contract.' : 'A text can’t be read yet.'}
              issues={shown}
              anyway={isReadable ? { label: 'Send anyway', act: send } : undefined}
            />
          )}
          <div class="send-row">
            <button type="submit" class="button primary send" disabled={!isOpen} title="Ctrl Enter">
              {event.stream === undefined ? 'Send' : 'Start'}
            </button>
            {!isOpen && <span class="quiet">Connect first.</span>}
          </div>
          <div class="last" aria-live="polite">
            {last !== undefined && <Outcome entry={last} key={last.id} />}
          </div>
        </div>
      </form>
      <div class="history">
        {earlier.map(entry => (
          <Outcome entry={entry} key={entry.id} />
        ))}
      </div>
      <CodePanel
        isReadable={isReadable && session.isReadable()}
        call={{
          event,
          namespace: session.namespace,
          name: session.name(),
          server: store.servers[session.handshake.value.server],
          handshake: session.handshake.value,
          args: trimmed(args.value),
          answer: undefined,
          isError: false,
        }}
      />
    </>
  )
}

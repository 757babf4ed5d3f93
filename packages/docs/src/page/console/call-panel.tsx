import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { ApiEvent } from '../document/event.js'
import { revive } from './store/binary.js'
import { CodePanel } from './code/code-panel.js'
import { Connection } from './connection.js'
import { useStore } from './store/context.js'
import { ArgumentsForm } from './form/arguments-form.js'
import { Outcome } from './outcome.js'
import type { Session } from './store/session.js'
import { trimmed } from './store/answer.js'

/** The panel of an input: its form, the results of its calls, and equivalent code. */
export const CallPanel = ({ event, session }: { readonly event: ApiEvent; readonly session: Session }): VNode => {
  const store = useStore()
  const { args, history } = store.draftOf(event)
  const [checked, setChecked] = useState(false)
  const [isRaw, setRaw] = useState(false)
  const issues = store.check(event, trimmed(args.value))
  const isOpen = session.status.value === 'open'
  const set = (next: readonly unknown[]): void => {
    args.value = next
  }
  const send = (): void => {
    store.send(event)
    setChecked(false)
  }
  const submit = (): void => {
    if (!isOpen) return
    setChecked(true)
    if (issues.length === 0) send()
  }
  const hasArguments = event.args.length > 0 || event.rest !== undefined
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
          if (key.key === 'Enter' && (key.ctrlKey || key.metaKey)) submit()
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
        {event.examples.length > 0 && (
          <div class="example-row">
            <span class="quiet">Examples</span>
            {event.examples.map(({ name, summary, payload }, index) => (
              <button
                type="button"
                class="chip"
                key={index}
                title={summary}
                onClick={() => {
                  const given: readonly unknown[] = Array.isArray(payload) ? payload : []
                  set(given.map((each, at) => revive(store.api.resolve, event.args[at]?.schema ?? event.rest, each)))
                  setChecked(false)
                }}
              >
                {name ?? `Example ${index + 1}`}
              </button>
            ))}
          </div>
        )}
        {hasArguments ? (
          <ArgumentsForm event={event} args={args.value} onChange={set} issues={checked ? issues : []} isRaw={isRaw} />
        ) : (
          <p class="quiet">It has no arguments.</p>
        )}
        <div class="send-row">
          <button type="submit" class="button primary send" disabled={!isOpen}>
            {event.stream === undefined ? 'Send' : 'Start'}
          </button>
          {!isOpen && <span class="quiet">Connect first.</span>}
          {isOpen && checked && issues.length > 0 && (
            <span class="notice">
              The arguments do not match the contract ({issues.length === 1 ? '1 issue' : `${issues.length} issues`}).{' '}
              <button type="button" class="link" onClick={send}>
                Send anyway
              </button>
            </span>
          )}
        </div>
      </form>
      <div class="history" aria-live="polite">
        {history.items.value.slice(0, 5).map(entry => (
          <Outcome entry={entry} key={entry.id} />
        ))}
      </div>
      <CodePanel
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

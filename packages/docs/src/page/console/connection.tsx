import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { escape } from '../../parse/reference.js'
import { MemoryProvider, useStore } from './store/context.js'
import { HandshakeForm } from './handshake-form.js'
import { IssueList } from './issue-list.js'
import { IssueSummary } from './issue-summary.js'
import type { Refusal, Session } from './store/session.js'
import type { Issue } from './store/issue.js'
import { unreadIn } from './store/unread.js'

const WORDS = { closed: 'Not connected', connecting: 'Connecting …', open: 'Connected' } as const

/** A form that connects to a namespace with its handshake, and shows why a connection failed. */
export const Connection = ({ session }: { readonly session: Session }): VNode => {
  const { namespace, status, refusal } = session
  const [checked, setChecked] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const issues = useIssues(session)
  const { servers } = useStore()
  const state = status.value
  const needs = namespace.auth !== undefined || namespace.parameters.length > 0 || namespace.query !== undefined
  const connect = (): void => {
    if (issues.length === 0) return session.connect()
    setAttempt(attempt + 1)
    setChecked(true)
  }
  return (
    <section class={`connection ${state}`} aria-label="Connection">
      <div class="connection-head">
        <span class={`dot ${state}`} />
        <span class="connection-words" role="status">
          {WORDS[state]} <code>{session.name()}</code>
        </span>
        {state === 'closed' ? (
          <button type="button" class="button primary" disabled={servers.length === 0} onClick={connect}>
            Connect
          </button>
        ) : (
          <button type="button" class="button" onClick={session.disconnect}>
            {state === 'open' ? 'Disconnect' : 'Cancel'}
          </button>
        )}
      </div>
      {servers.length === 0 && (
        <p class="notice">
          This page does not know where the server is. Give <code>servers</code>, or <code>console.url</code>, when the
          page is made.
        </p>
      )}
      {state !== 'open' && (
        <>
          {refusal.value !== undefined && <RefusalNote refusal={refusal.value} />}
          <Details isOpen={needs}>
            <MemoryProvider value={session.memory}>
              <HandshakeForm session={session} issues={checked ? issues : []} onEnter={connect} />
            </MemoryProvider>
          </Details>
          {checked && issues.length > 0 && (
            <IssueSummary
              key={attempt}
              title={
                session.isReadable() ? 'The handshake does not match the contract yet.' : 'A text can’t be read yet.'
              }
              issues={issues}
              anyway={session.isReadable() ? { label: 'Connect anyway', act: session.connect } : undefined}
            />
          )}
        </>
      )}
    </section>
  )
}

const Details = ({ isOpen, children }: { readonly isOpen: boolean; readonly children: VNode }): VNode => (
  <details open={isOpen} class="handshake">
    <summary>Handshake</summary>
    {children}
  </details>
)

const useIssues = ({ namespace, handshake }: Session): readonly Issue[] => {
  const { validate } = useStore()
  const { params, auth, query } = handshake.value
  const under = (place: string, schema: unknown, value: unknown): readonly Issue[] =>
    schema === undefined
      ? []
      : validate(schema, value).map(({ path, message }) => ({ path: `/${place}${path}`, message }))
  const part = (place: string, schema: unknown, value: unknown): readonly Issue[] =>
    schema === undefined ? unreadIn(value, `/${place}`) : under(place, schema, value)
  return [
    ...namespace.parameters.flatMap(({ name, schema }) => under(`params/${escape(name)}`, schema, params[name])),
    ...part('auth', namespace.auth, auth),
    ...part('query', namespace.query, query),
  ]
}

const HEADS = { refused: 'Refused by the server', unreachable: 'Server not reached', ended: 'Disconnected' } as const

const RefusalNote = ({ refusal }: { readonly refusal: Refusal }): VNode => (
  <div class="outcome bad" role="alert">
    <p class="outcome-head">
      <strong>{HEADS[refusal.kind]}</strong>
      {refusal.code !== undefined && <code class="code-name">{refusal.code}</code>}
    </p>
    <p>{refusal.message}</p>
    <IssueList issues={refusal.issues} />
  </div>
)

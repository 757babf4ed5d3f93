import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { escape } from '../../parse/reference.js'
import { useStore } from './store/context.js'
import { Field } from './form/field.js'
import { JsonField } from './form/json-field.js'
import { IssueList } from './issue-list.js'
import type { Refusal, Session } from './store/session.js'
import type { Issue } from './store/issue.js'

const WORDS = { closed: 'Not connected', connecting: 'Connecting …', open: 'Connected' } as const

/** A form that connects to a namespace with its handshake, and shows why a connection failed. */
export const Connection = ({ session }: { readonly session: Session }): VNode => {
  const { namespace, status, refusal } = session
  const [checked, setChecked] = useState(false)
  const issues = useIssues(session)
  const { servers } = useStore()
  const state = status.value
  const needs = namespace.auth !== undefined || namespace.parameters.length > 0 || namespace.query !== undefined
  const connect = (): void => {
    setChecked(true)
    if (issues.length === 0) session.connect()
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
            <HandshakeForm session={session} issues={checked ? issues : []} />
          </Details>
          {checked && issues.length > 0 && (
            <p class="notice">
              The handshake does not match the contract yet.{' '}
              <button type="button" class="link" onClick={session.connect}>
                Connect anyway
              </button>
            </p>
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
  return [
    ...namespace.parameters.flatMap(({ name, schema }) => under(`params/${escape(name)}`, schema, params[name])),
    ...under('auth', namespace.auth, auth),
    ...under('query', namespace.query, query),
  ]
}

const HandshakeForm = ({
  session,
  issues,
}: {
  readonly session: Session
  readonly issues: readonly Issue[]
}): VNode => {
  const { servers } = useStore()
  const { namespace, handshake } = session
  const { server, params, auth, query } = handshake.value
  const set = (change: object): void => {
    handshake.value = { ...handshake.value, ...change }
  }
  return (
    <div class="fields">
      {servers.length > 1 && (
        <div class="field">
          <label class="field-label" for="field-server">
            server
          </label>
          <select
            id="field-server"
            value={String(server)}
            onChange={event => set({ server: Number(event.currentTarget.value) })}
          >
            {servers.map(({ title, url }, index) => (
              <option value={String(index)} key={index}>
                {title === url ? url : `${title} — ${url}`}
              </option>
            ))}
          </select>
        </div>
      )}
      {namespace.parameters.map(({ name, schema }) => (
        <Field
          key={name}
          schema={schema}
          value={params[name]}
          onChange={value => set({ params: { ...params, [name]: value } })}
          path={`/params/${escape(name)}`}
          issues={issues}
          label={name}
        />
      ))}
      <Part
        label="auth"
        schema={namespace.auth}
        value={auth}
        onChange={value => set({ auth: value })}
        issues={issues}
      />
      <Part
        label="query"
        schema={namespace.query}
        value={query}
        onChange={value => set({ query: value })}
        issues={issues}
      />
      {servers.length === 1 && (
        <p class="hint">
          To <code>{servers[0]?.url}</code>, path <code>{servers[0]?.path}</code>
        </p>
      )}
      {namespace.headers !== undefined && (
        <p class="hint">A browser can't send the headers that this namespace expects.</p>
      )}
    </div>
  )
}

interface PartProps {
  readonly label: string
  readonly schema: unknown
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly issues: readonly Issue[]
}

/** A part of the handshake. One that the contract does not declare can be entered as JSON. */
const Part = ({ label, schema, value, onChange, issues }: PartProps): VNode =>
  schema === undefined ? (
    <div class="field">
      <div class="field-head">
        <label class="field-label" for={`field-${label}`}>
          {label}
        </label>
        <span class="optional">not in the contract</span>
      </div>
      <JsonField schema={true} value={value} onChange={onChange} path={`/${label}`} label={label} rows={1} />
    </div>
  ) : (
    <Field schema={schema} value={value} onChange={onChange} path={`/${label}`} issues={issues} label={label} />
  )

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

import type { VNode } from 'preact'
import { isJson, jsonOf } from '../../parse/json.js'
import { escape } from '../../parse/reference.js'
import { Field } from './form/field.js'
import { idOf } from './form/field-props.js'
import { focusMain } from './form/focus.js'
import { JsonField } from './form/json-field.js'
import { useStore } from './store/context.js'
import type { Issue } from './store/issue.js'
import type { Session } from './store/session.js'

interface HandshakeProps {
  readonly session: Session
  readonly issues: readonly Issue[]
  /** Called for Enter in a field. */
  readonly onEnter: () => void
}

/** The fields of a handshake: the server, the namespace's parameters, `auth` and the query. */
export const HandshakeForm = ({ session, issues, onEnter }: HandshakeProps): VNode => {
  const { servers } = useStore()
  const { namespace, handshake } = session
  const { server, params, auth, query } = handshake.value
  const set = (change: object): void => {
    handshake.value = { ...handshake.value, ...change }
  }
  return (
    <div
      class="fields"
      onKeyDown={event => {
        const isField = event.target instanceof HTMLInputElement
        if (event.key !== 'Enter' || !isField || event.defaultPrevented) return
        // Or it would press the button that is focused here, since the form is gone once the connection is open.
        event.preventDefault()
        focusMain(event.currentTarget)
        onEnter()
      }}
    >
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
      {namespace.parameters.map(({ name, description, schema }) => (
        <Field
          key={name}
          schema={description === undefined ? schema : { description, ...jsonOf(schema) }}
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
      <label class="check">
        <input
          type="checkbox"
          checked={session.isAuthKept.value}
          onChange={event => {
            session.isAuthKept.value = event.currentTarget.checked
          }}
        />
        Remember auth on this device
      </label>
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
    <div class="field" data-path={`/${label}`}>
      <div class="field-head">
        <label class="field-label" for={idOf(`/${label}`)}>
          {label}
        </label>
        <span class="optional">not in the contract</span>
      </div>
      <JsonField
        schema={true}
        value={value}
        onChange={onChange}
        path={`/${label}`}
        label={label}
        rows={1}
        isOptional
        problemOf={objectProblem}
      />
    </div>
  ) : (
    <Field schema={schema} value={value} onChange={onChange} path={`/${label}`} issues={issues} label={label} />
  )

const objectProblem = (value: unknown): string | undefined =>
  isJson(value) ? undefined : 'Expected an object, such as { "token": "secret" }.'

import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { replaceBytes, toBase64 } from '../../document/bytes.js'
import { revive } from '../store/binary.js'
import { useStore } from '../store/context.js'
import { readJson, Unread } from '../store/unread.js'
import { type FieldProps, issueIdOf, stateOf } from './field-props.js'

interface JsonProps extends Pick<FieldProps, 'schema' | 'value' | 'onChange' | 'path' | 'label'> {
  readonly issues?: FieldProps['issues']
  readonly isOptional?: boolean
  readonly rows?: number
  /** Returns what is wrong with a value that can't be sent in this place, such as an `auth` that is no object. */
  readonly problemOf?: (value: unknown) => string | undefined
}

/** A value as JSON, for schemas of any form and for readers who prefer to write it. A text that is not JSON is kept as an `Unread`. */
export const JsonField = (props: JsonProps): VNode => {
  const { schema, value, onChange, path, label, issues = [], isOptional = false, rows = 3, problemOf } = props
  const { resolve } = useStore().api
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: string }>()
  const problem = value instanceof Unread ? value.problem : undefined
  const written = value instanceof Unread ? value.text : toJson(value)
  const shown = problem === undefined && draft?.of === written ? draft.text : written
  const write = (text: string): void => {
    const read = text.trim() === '' ? undefined : readJson(text)
    const wrong = read instanceof Unread || read === undefined ? undefined : problemOf?.(read)
    if (wrong !== undefined) return onChange(new Unread(text, wrong))
    const next = read instanceof Unread ? read : revive(resolve, schema, read)
    setDraft({ text, of: toJson(next) })
    onChange(next)
  }
  const shownIssues = problem === undefined ? issues : [{ path, message: problem }]
  return (
    <>
      <textarea
        {...stateOf({ schema, path, issues: shownIssues, isOptional })}
        class="json"
        aria-label={`${label} as JSON`}
        rows={Math.min(20, Math.max(rows, shown.split('\n').length))}
        spellcheck={false}
        autocomplete="off"
        placeholder="JSON"
        value={shown}
        onInput={event => write(event.currentTarget.value)}
      />
      {problem !== undefined && (
        <p class="issue" id={issueIdOf(path)}>
          {problem}
        </p>
      )}
    </>
  )
}

const toJson = (value: unknown): string => JSON.stringify(replaceBytes(value, toBase64), null, 2) ?? ''

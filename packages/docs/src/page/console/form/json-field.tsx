import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { replaceBytes, toBase64 } from '../../document/bytes.js'
import { revive } from '../store/binary.js'
import { useStore } from '../store/context.js'
import { type FieldProps, idOf } from './field-props.js'

/** A value as JSON, for schemas of any form and for readers who prefer to write it. */
export const JsonField = ({
  schema,
  value,
  onChange,
  path,
  label,
  rows = 3,
}: Pick<FieldProps, 'schema' | 'value' | 'onChange' | 'path' | 'label'> & { readonly rows?: number }): VNode => {
  const { resolve } = useStore().api
  const written = toJson(value)
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: string; readonly problem: string }>()
  const isCurrent = draft !== undefined && (draft.problem !== '' || draft.of === written)
  const shown = isCurrent ? draft.text : written
  const write = (text: string): void => {
    if (text.trim() === '') {
      setDraft({ text, of: '', problem: '' })
      return onChange(undefined)
    }
    try {
      const parsed = revive(resolve, schema, JSON.parse(text))
      setDraft({ text, of: toJson(parsed), problem: '' })
      onChange(parsed)
    } catch (error) {
      setDraft({ text, of: '', problem: error instanceof Error ? error.message : String(error) })
    }
  }
  return (
    <>
      <textarea
        class="json"
        id={idOf(path)}
        aria-label={`${label} as JSON`}
        rows={Math.min(20, Math.max(rows, shown.split('\n').length))}
        spellcheck={false}
        autocomplete="off"
        placeholder="JSON"
        value={shown}
        onInput={event => write(event.currentTarget.value)}
      />
      {isCurrent && draft.problem !== '' && (
        <p class="issue" role="alert">
          Not JSON yet: {draft.problem}
        </p>
      )}
    </>
  )
}

const toJson = (value: unknown): string => JSON.stringify(replaceBytes(value, toBase64), null, 2) ?? ''

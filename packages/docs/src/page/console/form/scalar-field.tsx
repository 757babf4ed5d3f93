import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { listIn, property, textIn } from '../../../parse/json.js'
import { isKept } from '../../document/number.js'
import { literal } from '../../document/schema.js'
import { type FieldProps, idOf, stateOf } from './field-props.js'

/** The keyboards of phones for some formats. */
const MODES: Readonly<Record<string, 'email' | 'url'>> = { email: 'email', uri: 'url', iri: 'url' }

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  email: 'name@example.com',
  uuid: 'xxxxxxxx-xxxx-…',
  uri: 'https://…',
  date: 'YYYY-MM-DD',
  time: 'HH:MM:SSZ',
  'date-time': 'YYYY-MM-DDTHH:MM:SSZ',
  ipv4: '192.0.2.1',
}

/** A field for a string. It is a plain input for any format, since the console must be able to send invalid values, too. */
export const TextField = (props: FieldProps): VNode => {
  const { schema, value, onChange } = props
  const format = textIn(schema, 'format') ?? ''
  const most = property(schema, 'maxLength')
  const shared = {
    ...stateOf(props),
    value: typeof value === 'string' ? value : value === undefined ? '' : literal(value),
    placeholder: PLACEHOLDERS[format] ?? '',
    autocomplete: 'off',
    spellcheck: false,
    onInput: (event: { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      onChange(event.currentTarget.value),
  } as const
  if (typeof most === 'number' && most > 200 && format === '') return <textarea rows={3} {...shared} />
  if (format === 'password') return <input {...shared} type="password" />
  return <input {...shared} type="text" inputMode={MODES[format] ?? 'text'} />
}

/** A field for a number. Text that is no number of JSON, or none that JavaScript can hold, stays a string and is reported. */
export const NumberField = (props: FieldProps): VNode => {
  const { value, onChange } = props
  const [written, setWritten] = useState<string>()
  const shown = value === undefined ? '' : String(value)
  return (
    <>
      <input
        {...stateOf(props)}
        type="text"
        inputMode="decimal"
        autocomplete="off"
        // Keeps the text as typed, so that "1." can become "1.5".
        value={written !== undefined && numberIn(written) === value ? written : shown}
        onInput={event => {
          setWritten(event.currentTarget.value)
          onChange(numberIn(event.currentTarget.value))
        }}
      />
      {typeof value === 'string' && (
        <p class="hint">
          {NUMBER.test(value.trim())
            ? 'JavaScript has no number with exactly these digits, so it is kept as a string.'
            : 'This is no number in JSON, so it is kept as a string.'}
        </p>
      )}
    </>
  )
}

/** A number in JSON, which may end with its point while it is typed. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d*)?(?:e[-+]?\d+)?$/i

const numberIn = (written: string): unknown => {
  const trimmed = written.trim()
  if (trimmed === '') return undefined
  return NUMBER.test(trimmed) && isKept(trimmed) ? Number(trimmed) : written
}

/** A field for a boolean, which initially has no value. */
export const BooleanField = (props: FieldProps): VNode => {
  const { value, onChange, path, label } = props
  const { id, ...state } = stateOf(props)
  return (
    <div class="segments" role="radiogroup" aria-label={label} {...state}>
      {[true, false].map(choice => (
        <label class={value === choice ? 'segment chosen' : 'segment'} key={String(choice)}>
          <input
            type="radio"
            name={idOf(path)}
            id={choice ? id : undefined}
            checked={value === choice}
            onChange={() => onChange(choice)}
          />
          {String(choice)}
        </label>
      ))}
    </div>
  )
}

/** A field for one of several values. */
export const EnumField = (props: FieldProps): VNode => {
  const { schema, value, onChange } = props
  const values = listIn(schema, 'enum')
  const at = values.findIndex(each => literal(each) === literal(value))
  return (
    <select
      {...stateOf(props)}
      value={String(at)}
      onChange={event => onChange(values[Number(event.currentTarget.value)])}
    >
      <option value="-1">Choose …</option>
      {values.map((each, index) => (
        <option value={String(index)} key={index}>
          {typeof each === 'string' ? each : literal(each)}
        </option>
      ))}
    </select>
  )
}

import type { VNode } from 'preact'
import { property, textIn } from '../../../parse/json.js'
import { kindOf, literal } from '../../document/schema.js'
import { Inline } from '../../text/markdown.js'
import { useStore } from '../store/context.js'
import { Unread } from '../store/unread.js'
import { BinaryField } from './binary-field.js'
import { type FieldProps, hintIdOf, idOf, issueIdOf } from './field-props.js'
import { JsonField } from './json-field.js'
import { ListField } from './list-field.js'
import { ObjectField } from './object-field.js'
import { BooleanField, EnumField, NumberField, TextField } from './scalar-field.js'
import { UnionField } from './union-field.js'

const GROUPS: ReadonlySet<string> = new Set(['object', 'array', 'tuple'])
const FIXED: ReadonlySet<string> = new Set(['const', 'null'])

/** The input for a value of a schema, with its label, description, examples and issues. */
export const Field = (props: FieldProps): VNode => {
  const { schema, value, onChange, path, issues, label, action, isOptional, isBare } = props
  const { resolve } = useStore().api
  const own = resolve(schema).value
  const kind = kindOf(own)
  const isGroup = GROUPS.has(kind) && !(value instanceof Unread)
  const id = idOf(path)
  // The issues of a union are shown by its variant's form, and those of a text by its editor.
  const said = kind === 'union' || value instanceof Unread ? [] : issues.filter(issue => issue.path === path)
  const description = textIn(own, 'description')
  const head = isBare !== true && (
    <div class="field-head">
      {isGroup || FIXED.has(kind) ? (
        <span class="field-label" id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label class="field-label" for={id}>
          {label}
        </label>
      )}
      {isOptional === true && <span class="optional">optional</span>}
      <Examples schema={own} onChange={onChange} label={label} />
      {action}
    </div>
  )
  const hint = description !== undefined && (
    <p class="hint" id={hintIdOf(path)}>
      <Inline text={description} />
    </p>
  )
  const group = {
    role: 'group',
    ...(isBare === true ? { 'aria-label': label } : { 'aria-labelledby': `${id}-label` }),
    ...(description === undefined ? {} : { 'aria-describedby': hintIdOf(path) }),
  } as const
  return (
    <div
      class={`field ${isGroup ? 'field-group' : ''} ${said.length > 0 ? 'invalid' : ''}`}
      data-path={path}
      {...(isGroup ? group : {})}
    >
      {head}
      {isGroup && hint}
      <Input {...props} schema={own} value={value} />
      {!isGroup && hint}
      {said.length > 0 && (
        <div id={issueIdOf(path)}>
          {said.map(({ message }) => (
            <p class="issue" key={message}>
              {message}
            </p>
          ))}
        </div>
      )}
    </div>
  )
}

const Examples = ({ schema, onChange, label }: Pick<FieldProps, 'schema' | 'onChange' | 'label'>): VNode | null => {
  const examples: unknown = property(schema, 'examples')
  if (!Array.isArray(examples)) return null
  return (
    <span class="field-examples">
      {examples
        .filter(example => typeof example !== 'object')
        .slice(0, 3)
        .map((example, index) => (
          <button
            type="button"
            class="chip"
            aria-label={`Use ${literal(example)} for ${label}`}
            onClick={() => onChange(example)}
            key={index}
          >
            {String(example)}
          </button>
        ))}
    </span>
  )
}

const Input = (props: FieldProps): VNode => {
  if (props.value instanceof Unread) return <JsonField {...props} />
  switch (kindOf(props.schema)) {
    case 'string':
      return <TextField {...props} />
    case 'number':
    case 'integer':
      return <NumberField {...props} />
    case 'boolean':
      return <BooleanField {...props} />
    case 'enum':
      return <EnumField {...props} />
    case 'const':
    case 'null':
      return <code class="fixed">{literal(props.value ?? null)}</code>
    case 'binary':
      return <BinaryField {...props} />
    case 'object':
      return <ObjectField {...props} Field={Field} />
    case 'array':
    case 'tuple':
      return <ListField {...props} Field={Field} />
    case 'union':
      return <UnionField {...props} Field={Field} />
    default:
      return <JsonField {...props} />
  }
}

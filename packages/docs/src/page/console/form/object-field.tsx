import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { isJson } from '../../../parse/json.js'
import { escape } from '../../../parse/reference.js'
import { otherProperties, propertiesOf } from '../../document/schema.js'
import { useStore } from '../store/context.js'
import { initialOf } from '../store/initial.js'
import { AddButton } from './add-button.js'
import { focusLater } from './focus.js'
import type { GroupProps } from './field-props.js'
import { RemoveButton } from './remove-button.js'

/** An object with its required properties, the optional ones that were added, and other keys if they are allowed. */
export const ObjectField = ({ schema, value, onChange, path, issues, Field }: GroupProps): VNode => {
  const { resolve } = useStore().api
  const object = isJson(value) ? value : {}
  const properties = propertiesOf(schema)
  const names = new Set(properties.map(({ name }) => name))
  const others = otherProperties(schema)
  const set = (name: string, each: unknown): void => onChange({ ...object, [name]: each })
  const remove = (name: string): void =>
    onChange(Object.fromEntries(Object.entries(object).filter(([key]) => key !== name)))
  const absent = properties.filter(({ name, isRequired }) => !isRequired && !Object.hasOwn(object, name))
  const shown = [
    ...properties.filter(({ name, isRequired }) => isRequired || Object.hasOwn(object, name)),
    ...Object.keys(object)
      .filter(name => !names.has(name))
      .map(name => ({ name, schema: others ?? true, isRequired: false })),
  ]
  return (
    <div class="fields">
      {shown.map(({ name, schema: own, isRequired }) => (
        <Field
          key={name}
          schema={own}
          value={object[name]}
          onChange={each => set(name, each)}
          path={`${path}/${escape(name)}`}
          issues={issues}
          label={name}
          isOptional={!isRequired}
          action={isRequired ? undefined : <RemoveButton name={name} next={path} onRemove={() => remove(name)} />}
        />
      ))}
      {absent.length > 0 && (
        <div class="adders">
          {absent.map(({ name, schema: own }) => (
            <AddButton
              key={name}
              words={name}
              path={`${path}/${escape(name)}`}
              onAdd={() => set(name, initialOf(own, resolve))}
            />
          ))}
        </div>
      )}
      {others !== undefined && (
        <NewKey path={path} taken={object} onAdd={name => set(name, initialOf(others, resolve))} />
      )}
      {shown.length === 0 && absent.length === 0 && others === undefined && (
        <p class="quiet">An object without keys.</p>
      )}
    </div>
  )
}

const NewKey = ({
  path,
  taken,
  onAdd,
}: {
  readonly path: string
  readonly taken: Readonly<Record<string, unknown>>
  readonly onAdd: (name: string) => void
}): VNode => {
  const [name, setName] = useState('')
  const add = (from: Element): void => {
    if (name === '' || Object.hasOwn(taken, name)) return
    onAdd(name)
    setName('')
    focusLater(from, `${path}/${escape(name)}`)
  }
  return (
    <div class="new-key">
      <input
        type="text"
        placeholder="another key"
        aria-label="The name of another key"
        value={name}
        onInput={event => setName(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add(event.currentTarget)
        }}
      />
      <button type="button" class="chip add" onClick={event => add(event.currentTarget)}>
        + Add
      </button>
    </div>
  )
}

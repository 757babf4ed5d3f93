import type { VNode } from 'preact'
import { listIn, property, textIn } from '../../../parse/json.js'
import { kindOf } from '../../document/schema.js'
import { useStore } from '../store/context.js'
import { initialOf } from '../store/initial.js'
import { AddButton } from './add-button.js'
import type { GroupProps } from './field-props.js'
import { RemoveButton } from './remove-button.js'

/** A list with any number of items, or a tuple with its items. */
export const ListField = ({ schema, value, onChange, path, issues, label, Field }: GroupProps): VNode => {
  const { resolve } = useStore().api
  const values: readonly unknown[] = Array.isArray(value) ? value : []
  const isTuple = kindOf(schema) === 'tuple'
  const items = listIn(schema, 'items')
  const further = isTuple ? property(schema, 'additionalItems') : (property(schema, 'items') ?? true)
  const schemaAt = (index: number): unknown => items[index] ?? further
  const least = Number(property(schema, 'minItems') ?? 0)
  const count = Math.max(values.length, isTuple ? Math.min(least, items.length) : 0)
  const following = schemaAt(count)
  const canGrow = following !== undefined && following !== false
  return (
    <div class="fields">
      {Array.from({ length: count }, (_, index) => (
        <Field
          key={index}
          schema={schemaAt(index)}
          value={values[index]}
          onChange={each => onChange(Array.from({ length: count }, (_, at) => (at === index ? each : values[at])))}
          path={`${path}/${index}`}
          issues={issues}
          label={(isTuple && textIn(resolve(items[index]).value, 'title')) || `${index + 1}`}
          action={
            index >= least || !isTuple ? (
              <RemoveButton
                name={`${label} ${index + 1}`}
                next={index === 0 ? path : `${path}/${index - 1}`}
                onRemove={() => onChange(values.filter((_, at) => at !== index))}
              />
            ) : undefined
          }
        />
      ))}
      {canGrow && (
        <div class="adders">
          <AddButton
            words={count === 0 ? 'First item' : 'Item'}
            path={`${path}/${count}`}
            onAdd={() => onChange([...values.slice(0, count), initialOf(following, resolve)])}
          />
        </div>
      )}
    </div>
  )
}

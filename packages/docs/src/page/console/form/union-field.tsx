import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { constantOf, inside, isJson, property, textIn } from '../../../parse/json.js'
import { propertiesOf, typeLabel, variantsOf } from '../../document/schema.js'
import { useStore } from '../store/context.js'
import { initialOf } from '../store/initial.js'
import type { GroupProps } from './field-props.js'

/** A field for a union: the choice of a variant, then its form. */
export const UnionField = ({ Field, ...props }: GroupProps): VNode => {
  const { schema, value, onChange, label } = props
  const { api, validate } = useStore()
  const { resolve } = api
  const variants = variantsOf(schema)
  const [chosen, setChosen] = useState<number>()
  const fits = (index: number): boolean => value !== undefined && validate(variants[index], value).length === 0
  const fitting = chosen !== undefined && fits(chosen) ? chosen : variants.findIndex((_, index) => fits(index))
  // A value that matches no variant belongs to the chosen one, until an example or JSON replaces it.
  const at =
    fitting === -1
      ? (chosen ??
        Math.max(
          0,
          closest(
            variants.map(each => resolve(each).value),
            value,
          ),
        ))
      : fitting
  const nameOf = (variant: unknown): string =>
    discriminator(resolve(variant).value) ??
    textIn(resolve(variant).value, 'title') ??
    typeLabel(variant, each => resolve(each).name)
  return (
    <div class="union">
      <select
        aria-label={`The kind of ${label}`}
        value={String(at)}
        onChange={event => {
          const index = Number(event.currentTarget.value)
          setChosen(index)
          onChange(initialOf(variants[index], resolve))
        }}
      >
        {variants.map((variant, index) => (
          <option value={String(index)} key={index}>
            {nameOf(variant)}
          </option>
        ))}
      </select>
      <Field {...props} schema={variants[at]} isBare key={at} />
    </div>
  )
}

/** Returns the property that distinguishes a variant from the others by a constant. */
const discriminator = (variant: unknown): string | undefined => {
  const found = propertiesOf(variant).find(({ schema }) => constantOf(schema) !== undefined)
  return found && `${found.name}: ${JSON.stringify(constantOf(found.schema))}`
}

/** Returns the variant of an incomplete value: the one with the same constants, or with the same type. */
const closest = (variants: readonly unknown[], value: unknown): number => {
  const byConstant = variants.findIndex(variant =>
    propertiesOf(variant).some(
      ({ name, schema }) =>
        isJson(value) && constantOf(schema) !== undefined && inside(value, name) === constantOf(schema),
    ),
  )
  if (byConstant !== -1) return byConstant
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return variants.findIndex(variant => {
    const own = property(variant, 'type')
    return own === type || (type === 'number' && own === 'integer')
  })
}

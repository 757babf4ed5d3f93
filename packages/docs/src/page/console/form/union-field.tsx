import type { VNode } from 'preact'
import { useReducer } from 'preact/hooks'
import { constantOf, inside, isJson, property, textIn } from '../../../parse/json.js'
import type { Resolve } from '../../../parse/reference.js'
import { propertiesOf, typeLabel, variantsOf } from '../../document/schema.js'
import { useMemory, useStore } from '../store/context.js'
import { initialOf } from '../store/initial.js'
import type { GroupProps } from './field-props.js'

/** A field for a union: the choice of a variant, then its form. */
export const UnionField = ({ Field, ...props }: GroupProps): VNode => {
  const { schema, value, onChange, label, path } = props
  const { api, validate } = useStore()
  const { resolve } = api
  const variants = variantsOf(schema)
  const memory = useMemory()
  const [, update] = useReducer<number, undefined>(count => count + 1, 0)
  const chosen = memory.chosen.get(path)
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
          memory.values.set(`${path} ${at}`, value)
          memory.chosen.set(path, index)
          update(undefined)
          const known = `${path} ${index}`
          onChange(memory.values.has(known) ? memory.values.get(known) : taken(variants[index], value, resolve))
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

/** Returns the initial value of a variant, with what another variant's value has under the same names. */
const taken = (variant: unknown, value: unknown, resolve: Resolve): unknown => {
  const initial = initialOf(variant, resolve)
  if (!isJson(initial) || !isJson(value)) return initial
  const isShared = (name: string, schema: unknown): boolean =>
    value[name] !== undefined && constantOf(resolve(schema).value) === undefined
  const shared = propertiesOf(resolve(variant).value).filter(({ name, schema }) => isShared(name, schema))
  return { ...initial, ...Object.fromEntries(shared.map(({ name }) => [name, value[name]])) }
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

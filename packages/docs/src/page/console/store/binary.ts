import { fromBase64 } from '../../document/bytes.js'
import { isJson, listIn, property } from '../../../parse/json.js'
import { escape, type Resolve } from '../../../parse/reference.js'
import { kindOf, variantsOf } from '../../document/schema.js'

/** Replaces a value whose schema has bytes. */
type Change = (value: unknown, schema: unknown, path: string) => unknown

/** A value, its schema and where it stands. */
interface Typed {
  readonly schema: unknown
  readonly value: unknown
  readonly path?: string
}

/** Returns a copy of a value in which `change` has replaced every value whose schema has bytes. */
export const mapBinary = (resolve: Resolve, { schema, value, path = '' }: Typed, change: Change): unknown => {
  const own = resolve(schema).value
  const inner = (part: unknown, each: unknown, word: string | number): unknown =>
    mapBinary(resolve, { schema: part, value: each, path: `${path}/${escape(String(word))}` }, change)
  switch (kindOf(own)) {
    case 'binary':
      return change(value, own, path)
    case 'object': {
      if (!isJson(value) || Object.getPrototypeOf(value) !== Object.prototype) return value
      const others = property(own, 'additionalProperties')
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [
          key,
          inner(property(property(own, 'properties'), key) ?? others, each, key),
        ]),
      )
    }
    case 'array':
      return Array.isArray(value) ? value.map((each, index) => inner(property(own, 'items'), each, index)) : value
    case 'tuple': {
      const items = listIn(own, 'items')
      return Array.isArray(value) ? value.map((each, index) => inner(items[index], each, index)) : value
    }
    case 'union':
      return variantsOf(own).reduce(
        (so, variant) => mapBinary(resolve, { schema: variant, value: so, path }, change),
        value,
      )
    case 'all':
      return listIn(own, 'allOf').reduce(
        (so, member) => mapBinary(resolve, { schema: member, value: so, path }, change),
        value,
      )
    default:
      return value
  }
}

/** Returns the value of JSON: base64 becomes bytes where the schema has bytes. */
export const revive = (resolve: Resolve, schema: unknown, json: unknown): unknown =>
  mapBinary(resolve, { schema, value: json }, value =>
    typeof value === 'string' ? (fromBase64(value) ?? value) : value,
  )

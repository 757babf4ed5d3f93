import { FormatRegistry } from '@sinclair/typebox'
import { areEqual, areUnique } from '../../codec/equality.js'
import { isMultiple } from '../../codec/multiple.js'
import { differs, isRecord, keysOf, type Keyword } from './check.js'
import { listOf } from './operands.js'

/** The keywords that look at a value without a schema for a part of it. */
export const ASSERTIONS: Readonly<Record<string, Keyword>> = {
  type: operand => {
    const types = listOf(operand).map(String)
    const difference = differs(`Expected ${types.join(' or ')}`)
    return value => (types.some(type => TYPES.get(type)?.(value) === true) ? undefined : difference)
  },
  const: operand => oneOf([operand], "Expected the value of the schema's const"),
  enum: operand => oneOf(listOf(operand), "Expected one of the values of the schema's enum"),

  multipleOf: operand => onNumbers(number => isMultiple(number, Number(operand)), `a multiple of ${operand}`),
  minimum: operand => onNumbers(number => number >= Number(operand), `at least ${operand}`),
  maximum: operand => onNumbers(number => number <= Number(operand), `at most ${operand}`),
  exclusiveMinimum: operand => onNumbers(number => number > Number(operand), `more than ${operand}`),
  exclusiveMaximum: operand => onNumbers(number => number < Number(operand), `less than ${operand}`),

  minLength: operand => onStrings(text => lengthOf(text) >= Number(operand), `at least ${operand} characters`),
  maxLength: operand => onStrings(text => lengthOf(text) <= Number(operand), `at most ${operand} characters`),
  pattern: operand => {
    const matches = new RegExp(String(operand), 'u')
    return onStrings(text => matches.test(text), `a string that matches '${operand}'`)
  },
  format: operand => {
    const format = String(operand)
    return onStrings(text => FormatRegistry.Get(format)?.(text) === true, `a string of the format '${format}'`)
  },

  minItems: operand => onLists(list => list.length >= Number(operand), `at least ${operand} items`),
  maxItems: operand => onLists(list => list.length <= Number(operand), `at most ${operand} items`),
  uniqueItems: operand => onLists(list => operand !== true || areUnique(list), 'array elements to be unique'),

  minProperties: operand =>
    onRecords(value => keysOf(value).length >= Number(operand), `at least ${operand} properties`),
  maxProperties: operand =>
    onRecords(value => keysOf(value).length <= Number(operand), `at most ${operand} properties`),
  required: operand => {
    const names = listOf(operand).map(String)
    return value => {
      if (!isRecord(value)) return undefined
      const missing = names.find(name => !Object.hasOwn(value, name))
      return missing === undefined ? undefined : differs(`Expected the property "${missing}"`)
    }
  },
  dependentRequired: operand => {
    const needs = Object.entries(isRecord(operand) ? operand : {})
    return value => {
      if (!isRecord(value)) return undefined
      for (const [name, others] of needs) {
        const missing = Object.hasOwn(value, name) && listOf(others).find(other => !Object.hasOwn(value, String(other)))
        if (typeof missing === 'string') return differs(`Expected the property "${missing}" where there is "${name}"`)
      }
      return undefined
    }
  },
}

const TYPES: ReadonlyMap<string, (value: unknown) => boolean> = new Map<string, (value: unknown) => boolean>([
  ['array', value => Array.isArray(value)],
  ['boolean', value => typeof value === 'boolean'],
  ['integer', value => Number.isInteger(value)],
  ['null', value => value === null],
  ['number', value => typeof value === 'number'],
  ['object', isRecord],
  ['string', value => typeof value === 'string'],
])

const oneOf = (values: readonly unknown[], message: string): ReturnType<Keyword> => {
  const known = new Set(values)
  const objects = values.filter(value => typeof value === 'object')
  const difference = differs(message)
  return value =>
    known.has(value) || (typeof value === 'object' && objects.some(object => areEqual(object, value)))
      ? undefined
      : difference
}

type On<Kind> = (is: (value: Kind) => boolean, expected: string) => ReturnType<Keyword>

/** A check of the values of one kind, which takes all others. */
const on =
  <Kind>(isKind: (value: unknown) => value is Kind): On<Kind> =>
  (is, expected) => {
    const difference = differs(`Expected ${expected}`)
    return value => (isKind(value) && !is(value) ? difference : undefined)
  }

const onNumbers = on((value): value is number => typeof value === 'number')
const onStrings = on((value): value is string => typeof value === 'string')
const onLists = on((value): value is readonly unknown[] => Array.isArray(value))
const onRecords = on(isRecord)

/** JSON Schema counts characters, of which some are two units. */
const lengthOf = (text: string): number => {
  let length = 0
  for (const _ of text) length++
  return length
}

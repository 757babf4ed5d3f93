import { effect, type Signal } from '@preact/signals'
import { fileNameOf, fromBase64, isBytes, noteFile, toBase64 } from '../../document/bytes.js'
import { isJson, textOf } from '../../../parse/json.js'
import { Unread } from './unread.js'

/** The place where values are kept: until the tab is closed, or on the device. */
export type Place = 'tab' | 'device'

/** Returns the storage of a place. A sandboxed page has none. */
const storageOf = (place: Place): Storage | undefined => {
  try {
    return place === 'tab' ? globalThis.sessionStorage : globalThis.localStorage
  } catch {
    return undefined
  }
}

const keyOf = (name: string): string => `ackwire ${globalThis.location.pathname} ${name}`

/** Returns what was saved under a name, or `undefined`. */
export const load = (name: string, place: Place = 'tab'): unknown => {
  try {
    const text = storageOf(place)?.getItem(keyOf(name))
    return text === null || text === undefined ? undefined : decode(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Saves a value under a name, or removes it if it is `undefined`. What is too large for the storage is not kept. */
export const save = (name: string, value: unknown, place: Place = 'tab'): void => {
  const storage = storageOf(place)
  storage?.removeItem(keyOf(name))
  try {
    if (value !== undefined) storage?.setItem(keyOf(name), JSON.stringify(encode(value)))
  } catch {
    // The storage is full.
  }
}

/** Gives a signal the value that it had before the page was loaded again, if that is one of its kind, and keeps it from now on. */
export const keep = <Value>(name: string, signal: Signal<Value>, isKind: (value: unknown) => value is Value): void => {
  const known = load(name)
  if (isKind(known)) signal.value = known
  effect(() => save(name, signal.value))
}

/** Returns a value as JSON in which nothing is lost: each value that JSON has no form for is a list that begins with its kind. */
const encode = (value: unknown): unknown => {
  if (value === undefined) return ['none']
  if (value instanceof Unread) return ['text', value.text, value.problem]
  if (isBytes(value)) return ['bytes', toBase64(value), fileNameOf(value) ?? null]
  if (Array.isArray(value)) return ['list', ...value.map(encode)]
  if (!isJson(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, encode(each)]))
}

const decode = (json: unknown): unknown => {
  if (isJson(json)) return Object.fromEntries(Object.entries(json).map(([key, each]) => [key, decode(each)]))
  if (!Array.isArray(json)) return json
  const [kind, ...rest]: readonly unknown[] = json
  const [first, second] = [textOf(rest[0]) ?? '', textOf(rest[1])]
  if (kind === 'none') return undefined
  if (kind === 'text') return new Unread(first, second ?? '')
  if (kind !== 'bytes') return rest.map(decode)
  const bytes = fromBase64(first) ?? new Uint8Array()
  return second === undefined ? bytes : noteFile(bytes, second)
}

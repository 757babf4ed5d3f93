import { computed, signal } from '@preact/signals'
import { readable } from '../document/bytes.js'
import type { Answer, LogEntry } from './store/log.js'
import { keep } from './store/saved.js'

const KINDS = ['all', 'received', 'sent', 'connection', 'trouble'] as const

/** True if the log is open. */
export const isOpen = signal(false)

/** The words that are searched in the log. */
export const filter = signal('')

/** The kind of the entries that are shown. */
export const shownKinds = signal<(typeof KINDS)[number]>('all')

keep('log open', isOpen, value => typeof value === 'boolean')
keep('log filter', filter, value => typeof value === 'string')
keep('log kind', shownKinds, (value): value is (typeof KINDS)[number] => KINDS.some(kind => kind === value))

const words = computed(() => filter.value.toLowerCase().split(/\s+/).filter(Boolean))

/** Returns true if an entry is of the chosen kind and has all words. */
export const isShown = (entry: LogEntry): boolean => {
  const kind = shownKinds.value
  if (kind === 'trouble' ? !isTrouble(entry) : kind !== 'all' && entry.kind !== kind) return false
  if (words.value.length === 0) return true
  const texts = [entry, entry.answer.value].flatMap(each => (each === undefined ? [] : [textOf(each)]))
  return words.value.every(word => texts.some(text => text.includes(word)))
}

/** Texts to search in, which are made once since values may be large. */
const texts = new WeakMap<LogEntry | Answer, string>()

/** Returns all of an entry or of its answer in lower case. */
const textOf = (part: LogEntry | Answer): string => {
  const known = texts.get(part)
  if (known !== undefined) return known
  const { issues } = part
  const shown = 'args' in part ? [part.namespace, part.name, part.args, issues] : [part.value, part.error?.code, issues]
  const text = shown
    .map(each => (typeof each === 'string' ? each : JSON.stringify(each, readable)))
    .join(' ')
    .toLowerCase()
  texts.set(part, text)
  return text
}

/** Returns true if an entry, or the answer to it, is no success. */
export const isTrouble = ({ isTrouble: own, answer }: LogEntry): boolean =>
  own || (answer.value !== undefined && answer.value.kind !== 'ack')

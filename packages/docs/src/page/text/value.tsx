import type { VNode } from 'preact'
import { isBytes, readable } from '../document/bytes.js'
import { Code } from './code.js'

/** A value as JSON on several lines. Bytes are shown by their number and their beginning. */
export const Value = ({ value, label }: { readonly value: unknown; readonly label: string }): VNode =>
  value === undefined ? (
    <p class="quiet">No value.</p>
  ) : (
    <Code code={JSON.stringify(value, readable, 2)} language={isBytes(value) ? 'text' : 'json'} label={label} />
  )

/** Cached previews, since values may be large and lists are rendered often. */
const previews = new WeakMap<readonly unknown[], string>()

/** Returns values on one shortened line. */
export const preview = (values: readonly unknown[]): string => {
  const known = previews.get(values)
  if (known !== undefined) return known
  const all = values.map(value => JSON.stringify(value, readable) ?? 'undefined').join(', ')
  const cut = all.length > 160 ? `${all.slice(0, 160)}…` : all
  previews.set(values, cut)
  return cut
}

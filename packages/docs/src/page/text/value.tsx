import type { VNode } from 'preact'
import { isBytes, readable } from '../document/bytes.js'
import { Code } from './code.js'

/** A value as it travels, as JSON on several lines. Bytes are told by their number and their beginning. */
export const Value = ({ value, label }: { readonly value: unknown; readonly label: string }): VNode =>
  value === undefined ? (
    <p class="quiet">No value.</p>
  ) : (
    <Code code={JSON.stringify(value, readable, 2)} language={isBytes(value) ? 'text' : 'json'} label={label} />
  )

/** Values may be large, and are asked for each time that a list of them is shown. */
const previews = new WeakMap<readonly unknown[], string>()

/** Values on one line, cut. */
export const preview = (values: readonly unknown[]): string => {
  const known = previews.get(values)
  if (known !== undefined) return known
  const all = values.map(value => JSON.stringify(value, readable) ?? 'undefined').join(', ')
  const cut = all.length > 160 ? `${all.slice(0, 160)}…` : all
  previews.set(values, cut)
  return cut
}

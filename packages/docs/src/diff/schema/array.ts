import type { Json } from '../../parse/json.js'
import { isEmpty } from './empty.js'
import { itemOf, itemSchemas, listedItems, mostItems } from './member.js'
import { differs, type Prove, type Reason } from './reason.js'
import { limited, strictest } from './scalar.js'
import { type Atom, part } from './schema.js'

/** Returns the reasons why arrays of the atoms may not be accepted. */
export const arrayReasons = (atoms: readonly Atom[], outer: Atom, path: string, prove: Prove): readonly Reason[] => {
  const { keywords } = outer
  const most = mostItems(atoms)
  return [
    ...limited(atoms, keywords, { keyword: 'minItems', kind: 'least' }, path),
    ...mostReasons(atoms, keywords, most, path),
    ...uniqueReasons(atoms, keywords, most, path),
    ...itemReasons(atoms, outer, path, prove),
  ]
}

const mostReasons = (atoms: readonly Atom[], outer: Json, most: number, path: string): readonly Reason[] => {
  const { maxItems } = outer
  return typeof maxItems === 'number' && most <= maxItems
    ? []
    : limited(atoms, outer, { keyword: 'maxItems', kind: 'most' }, path)
}

const uniqueReasons = (atoms: readonly Atom[], { uniqueItems }: Json, most: number, path: string): readonly Reason[] =>
  uniqueItems !== true || most <= 1 || atoms.some(({ keywords }) => keywords['uniqueItems'] === true)
    ? []
    : [differs(path, 'uniqueItems', false, true)]

/** Compares each item listed on either side, then all further items. */
const itemReasons = (atoms: readonly Atom[], outer: Atom, path: string, prove: Prove): readonly Reason[] => {
  const most = mostItems(atoms)
  const listed = listedItems([outer.keywords, ...atoms.map(({ keywords }) => keywords)])
  const least = strictest(atoms, 'minItems', 'least') ?? 0
  return Array.from({ length: listed + 1 }).flatMap((_, index) => {
    // The last one stands for all further items.
    const [wanted] = itemOf(outer.keywords, index)
    if (index >= most || wanted === undefined) return []
    const inner = itemSchemas(atoms, index)
    if (index >= least && isEmpty(inner)) return []
    const at = listed === 0 ? `${path}[]` : `${path}[${index}]`
    return wanted === false ? [differs(at, 'item', true, false)] : prove(inner, part(outer, wanted), at, true)
  })
}

import { canonical, isJson } from '../parse/json.js'
import type { Change } from './change.js'

/** Compares properties without knowledge of their meaning: extensions inform, anything else may break clients. */
export const compareOther = (before: unknown, after: unknown, where: string): readonly Change[] => {
  const [old, now] = [isJson(before) ? before : {}, isJson(after) ? after : {}]
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  return keys
    .filter(key => canonical(old[key]) !== canonical(now[key]))
    .map(part =>
      part.startsWith('x-')
        ? ({ class: 'documentation', where, part, what: 'changed' } as const)
        : ({
            class: 'breaking',
            where,
            part,
            what: 'changed',
            why: 'its meaning is unknown, so it counts as breaking',
          } as const),
    )
}

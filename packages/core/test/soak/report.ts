import { bytesPerConnection } from './heap-growth.js'
import type { Leak, Outcome } from './soak.js'

/** Returns the outcome of a soak as a table, and what is wrong with it. */
export const reportOf = (outcome: Outcome): { readonly table: string; readonly wrong: string[] } => {
  const { rows, before, after, samples, leak, seconds } = outcome
  const line = (...cells: (string | number)[]): string =>
    cells.map((cell, at) => (at === 0 ? String(cell).padEnd(12) : String(cell).padStart(12))).join('')
  const kB = (bytes: number): number => Math.round(bytes / 1_024)
  const slope = bytesPerConnection(samples).toFixed(1)
  const table = [
    line(`soak, ${seconds.toFixed(0)} s`, 'clients', 'server'),
    ...rows.map(({ what, clients, server }) => line(what, clients, server)),
    line('', 'before', 'after'),
    line('heap, kB', kB(before.heap), kB(after.heap)),
    line('handles', before.handles, after.handles),
    line('sockets', before.sockets, after.sockets),
    line('rooms', before.rooms, after.rooms),
    `${samples.length} measurements: the heap grows by ${slope} bytes with each connection`,
  ].join('\n')
  const wrong = rows.filter(({ clients, server }) => clients !== server).map(({ what }) => `${what} differ`)
  if (leak !== undefined) wrong.push(`the heap grows by ${slope} bytes with each connection: ${namesOf(leak)}`)
  if (after.handles > before.handles) wrong.push('handles are left')
  if (after.sockets > 0 || after.rooms > 0) wrong.push('sockets or rooms are left')
  return { table, wrong }
}

/** The classes that have an object for every second connection or more, or otherwise those of most bytes, with where they are. */
const namesOf = ({ connections, grown }: Leak): string => {
  const often = grown.filter(({ count }) => count * 2 >= connections)
  return (often.length > 0 ? often : grown)
    .slice(0, 5)
    .map(({ className, count, bytes, heldBy }) => {
      return `\n  ${count} more ${className} (${bytes} bytes) after ${connections} connections, held by ${heldBy}`
    })
    .join('')
}

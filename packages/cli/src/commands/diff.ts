import { diff as compare, printableSource, type Change, type ChangeClass } from '@ackwire/docs/tooling'
import { bounded } from '../load/bounded.js'
import type { RenderFlags } from '../load/options.js'
import { loadSource } from '../load/source.js'
import { tableOf, type Terminal } from '../terminal/terminal.js'

export interface DiffCommand extends RenderFlags {
  readonly json?: boolean
  readonly strict?: boolean
}

const WORDS: Readonly<Record<ChangeClass, string>> = {
  breaking: 'breaking',
  compatible: 'compatible',
  documentation: 'docs only',
}

/** Compares two documents or contracts and prints the changes that affect clients. */
export const diff = async (
  before: string,
  after: string,
  { json, strict, ...flags }: DiffCommand,
  terminal: Terminal,
): Promise<number> => {
  const [old, now] = [await loadSource(before, flags), await loadSource(after, flags)]
  const changes = bounded(`${before}, ${after}`, () => compare(old.content, now.content, { strict: strict === true }))
  const isBreaking = changes.some(change => change.class === 'breaking')
  if (json === true) {
    const counts = Object.fromEntries(Object.keys(WORDS).map(kind => [kind, countOf(changes, kind)]))
    terminal.print(`${printableSource(JSON.stringify({ breaking: isBreaking, counts, changes }, null, 2))}\n`)
  } else {
    terminal.print(`${changes.length === 0 ? 'No differences.' : forPeople(changes, terminal)}\n`)
  }
  return isBreaking ? 1 : 0
}

const countOf = (changes: readonly Change[], kind: string): number =>
  changes.filter(change => change.class === kind).length

const forPeople = (changes: readonly Change[], terminal: Terminal): string => {
  const rows = changes.map(change => [
    WORDS[change.class],
    change.where || 'document',
    change.part,
    change.why === undefined ? change.what : `${change.what} (${change.why})`,
  ])
  const counts = (['breaking', 'compatible', 'documentation'] as const)
    .map(kind => `${countOf(changes, kind)} ${WORDS[kind]}`)
    .join(', ')
  const { colors } = terminal
  const paints = { breaking: colors.red, compatible: colors.green, documentation: colors.dim }
  const paint = (text: string, row: number): string => paints[changes[row]?.class ?? 'documentation'](text)
  return `${tableOf(['class', 'where', 'part', 'change'], rows, paint)}\n\n${counts}`
}

/**
 * Measures the time from an edit of the contract until the editor answers completion, hover and go-to-definition. The contenders
 * take turns, in a different order each time. A ratio is one to event maps in the same turn.
 */
import { parseArgs } from 'node:util'
import { edit, QUESTIONS, type Edited, type Question } from './editor/edited.js'
import type { LanguageService } from './editor/service.js'
import { typescript5 } from './editor/tsserver.js'
import { typescript7 } from './editor/typescript-7.js'
import { median, spread, write, type Row } from './table.js'
import { BASE, contenders } from './types/programs.js'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '50,200,1000' },
    turns: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const counts = values.events.split(',').map(Number)
const turns = Number(values.turns)
const SERVICES = new Map<string, (folder: string) => LanguageService | Promise<LanguageService>>([
  ['7', typescript7],
  ['5.9', typescript5],
])

const inTurns = async (edited: ReadonlyMap<string, Edited>): Promise<(name: string, of: Question) => number[]> => {
  const took = new Map<string, number[]>()
  const names = [...edited.keys()]
  // The first turn loads the program and is not counted.
  for (let turn = -1; turn < turns; turn++)
    for (const question of QUESTIONS)
      for (let index = 0; index < names.length; index++) {
        const name = names[(index + turn + 1) % names.length] ?? ''
        const ms = (await edited.get(name)?.ask(question)) ?? Number.NaN
        if (turn >= 0) took.set(`${name} ${question}`, [...(took.get(`${name} ${question}`) ?? []), ms])
      }
  return (name, question) => took.get(`${name} ${question}`) ?? []
}

const rows: Row[] = []
for (const [version, start] of SERVICES)
  for (const events of counts) {
    const edited = new Map<string, Edited>()
    try {
      for (const [name, contender] of contenders) edited.set(name, await edit(start, contender, events))
      const took = await inTurns(edited)
      for (const [name, { definition }] of edited) {
        const cell = (question: Question): string => {
          const [ms, base] = [took(name, question), took(BASE, question)]
          const ratios = ms.map((value, turn) => value / (base[turn] ?? Number.NaN))
          return `${median(ms).toFixed(0)} ms${name === BASE ? '' : `, × ${spread(ratios)}`}`
        }
        rows.push({
          TypeScript: version,
          events: String(events),
          contender: name,
          completion: cell('complete'),
          hover: cell('hover'),
          definition: cell('define'),
          'definition leads to': definition,
        })
      }
    } finally {
      for (const each of edited.values()) each.close()
    }
  }
write('editor', `After an edit of the contract, in ms and × ${BASE}, ${turns} turns`, rows, values)
process.exit()

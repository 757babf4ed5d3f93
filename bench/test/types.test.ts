import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { compile, type Compiler } from '../types/compile.js'
import type { Contender, Program } from '../types/program.js'
import { contenders } from '../types/programs.js'
import { INPUT } from '../types/shape.js'
import { ackwire, staticTypes } from '../types/typebox.js'

/** The maximum number of instantiations for an event, its handler and a call of it: about 2 % above the current number. */
const BUDGET = 698

/** The maximum for the contract alone, which an editor evaluates after an edit before it can offer the events' names. */
const NAMES_BUDGET = 109

/** The maximum for the contract and the check that each event is a function of the client, which an editor needs to list them. */
const MEMBERS_BUDGET = 178

const contractOf = (events: number): Program => ({ 'contract.ts': ackwire.program(events)['contract.ts'] ?? '' })

const LISTED = `import { createClient } from '@ackwire/client'
import type { api } from './contract.js'

const { emit } = createClient<typeof api>()
type Members = { [Name in keyof typeof emit]: (typeof emit)[Name] extends Function ? 'function' : 'group' }
export const kind: Members[keyof Members] = 'function'`

const programs = {
  Static: staticTypes,
  ackwire: ackwire.program,
  names: (events: number): Program => contractOf(events),
  members: (events: number): Program => ({ ...contractOf(events), 'client.ts': LISTED }),
} as const

const known = new Map<string, Promise<number>>()
const instantiations = (compiler: Compiler, name: keyof typeof programs, events: number): Promise<number> => {
  const key = `${compiler} ${name} ${events}`
  const count =
    known.get(key) ??
    compile(compiler, programs[name](events)).then(({ isTooComplex, instantiations }) => {
      assert.not(isTooComplex)
      return instantiations
    })
  known.set(key, count)
  return count
}

/** Returns the cost of each additional event, between two sizes. */
const costOf = async (compiler: Compiler, name: keyof typeof programs, few: number, many: number): Promise<number> =>
  ((await instantiations(compiler, name, many)) - (await instantiations(compiler, name, few))) / (many - few)

// Six seconds of work, on a machine that may be busy.
const patient = { timeoutMs: 300_000 }

describe('the types of a contract', it => {
  for (const compiler of ['typescript-5', 'typescript'] as const) {
    it(`cost ${compiler} at most ${BUDGET} instantiations per event`, patient, async () => {
      const cost = await costOf(compiler, 'ackwire', 50, 200)
      assert.ok(cost <= BUDGET, `an event costs ${cost} instantiations, expected at most ${BUDGET}`)
    })
  }

  it('are not evaluated for the names alone', patient, async () => {
    const cost = await costOf('typescript', 'names', 50, 200)
    assert.ok(
      cost <= NAMES_BUDGET,
      `the name of an event costs ${cost} instantiations, expected at most ${NAMES_BUDGET}`,
    )
  })

  it('are not evaluated to list the events', patient, async () => {
    const cost = await costOf('typescript', 'members', 50, 200)
    assert.ok(cost <= MEMBERS_BUDGET, `a member costs ${cost} instantiations, expected at most ${MEMBERS_BUDGET}`)
  })

  it('cost less than Static alone for the same schemas', patient, async () => {
    const cost = await costOf('typescript', 'Static', 50, 200)
    assert.ok(cost > BUDGET, `Static alone costs ${cost} instantiations, expected more than ${BUDGET}`)
  })

  it('cost the same per event in contracts of any size', patient, async () => {
    const some = await costOf('typescript', 'ackwire', 50, 200)
    const many = await costOf('typescript', 'ackwire', 200, 600)
    assert.ok(Math.abs(many / some - 1) < 0.01, `an event of 200 costs ${some}, one of 600 ${many}`)
  })
})

/** Returns a program with mistakes, and the files and lines in which a compiler must report one. */
const mistaken = ({ program, call: [before, after] }: Contender): { program: Program; places: string[] } => {
  const files: Record<string, string> = { ...program(4) }
  const places: string[] = []
  const mistake = (file: string, from: RegExp, to: string): void => {
    const text = files[file] ?? ''
    const index = text.search(from)
    assert.is.not(index, -1, `expected ${file} to contain ${from}`)
    files[file] = text.replace(from, to)
    places.push(`${file}(${text.slice(0, index).split('\n').length}`)
  }
  const handlers = files['server.ts']?.includes('input.age') ? 'server.ts' : 'contract.ts'
  mistake(handlers, /input\.age === 1(?=.*id0000)/, "input.age === 'one'")
  mistake(handlers, /(?<=id0001: )1/, "'one'")
  mistake('client.ts', /(?<=email0002: )''/, '1')
  const use = `void ${before}event0003${after}${INPUT('0003')}).then(said => said.name === 1)`
  const client = `${files['client.ts']}\n${use}`
  places.push(`client.ts(${client.split('\n').length}`)
  return { program: { ...files, 'client.ts': client }, places }
}

describe('a contender in the types benchmark', it => {
  for (const [name, contender] of contenders)
    it(`rejects a wrong input and a wrong reply on both sides, and nothing else: ${name}`, patient, async () => {
      const { program, places } = mistaken(contender)
      const said = await compile('typescript', program).then(
        () => '',
        (error: Error) => error.message,
      )
      const found = [...said.matchAll(/(\w+\.ts\(\d+),\d+\): error/g)].map(([, place]) => place)
      assert.equal([...new Set(found)].toSorted(), places.toSorted(), said)
    })
})

import { Parser } from '@asyncapi/parser'
import * as fc from 'fast-check'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { readDocument } from '../src/load/document.js'
import { createFolder } from './ackwire.js'

const timeoutMs = 300_000

const HEAD = 'asyncapi: 3.0.0\ninfo: { title: T, version: 1.0.0 }\n'

const base = { type: 'string', description: 'base' }
const merged = { ...base, a: [base] }

/** A merge key's value, and what it adds. */
const ROWS: readonly (readonly [title: string, value: string, expected: unknown])[] = [
  ['an alias', '{ <<: *base, own: 1 }', { type: 'string', description: 'base', own: 1 }],
  ['an own entry before it', '{ description: own, <<: *base }', { type: 'string', description: 'base' }],
  ['an own entry behind it', '{ <<: *base, description: own }', { type: 'string', description: 'own' }],
  ['an object', '{ <<: { a: 1 }, b: 2 }', { a: 1, b: 2 }],
  ['a quoted key', '{ "<<": { a: 1 }, b: 2 }', { a: 1, b: 2 }],
  ['an escaped key', '{ "\\u003c\\x3C": { a: 1 } }', { a: 1 }],
  ['a list', '{ <<: [*base, { type: number, b: 2 }] }', { type: 'string', description: 'base', b: 2 }],
  ['a merge inside', '{ <<: { <<: { <<: *base } }, a: [{ <<: *base }] }', merged],
  ['no object', '{ <<: text, a: 1 }', { a: 1 }],
  ['null', '{ <<: null, a: 1 }', { a: 1 }],
  ['a name of every object', '{ <<: { __proto__: 1, constructor: 2 } }', JSON.parse('{"__proto__":1,"constructor":2}')],
]

const textOf = (value: string): string => `${HEAD}x-base: &base { type: string, description: base }\nx-it: ${value}\n`

const NAMES = ['a', 'b', 'c']
const entries = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.integer({ min: 0, max: 9 })), { maxLength: 3 })
const flow = (pairs: readonly (readonly [string, unknown])[]): string =>
  `{ ${[...new Map(pairs)].map(([key, value]) => `${key}: ${String(value)}`).join(', ')} }`
const sources = fc.oneof(
  fc.constantFrom('*x', '*y', '[*x, *y]', '[*y, *x]', 'null'),
  entries.map(flow),
  fc.tuple(entries, entries).map(([one, other]) => `[${flow(one)}, *x, ${flow(other)}]`),
)
const merging = fc
  .tuple(entries, sources, entries)
  .map(([before, source, after]) =>
    flow([...before, ['<<', source], ...after.filter(([name]) => !Object.hasOwn(Object.fromEntries(before), name))]),
  )

describe('a merge key', it => {
  for (const [title, value, expected] of ROWS)
    it(`adds what its value has: ${title}`, { timeoutMs }, async ({ defer }) => {
      const folder = createFolder(defer)
      folder.write({ 'a.yaml': textOf(value) })
      const { content } = await readDocument(`${folder.path}/a.yaml`)
      assert.equal(content['x-it'], expected)
    })

  it('means what it means to the official parser', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const parser = new Parser()
    await fc.assert(
      fc.asyncProperty(entries, entries, fc.array(merging, { minLength: 40, maxLength: 40 }), async (x, y, objects) => {
        const lines = objects.map((object, index) => `x-${index}: &m${index} ${object}`)
        const last = `x-last: { <<: [${objects
          .map((_, index) => `*m${index}`)
          .slice(0, 3)
          .join(', ')}] }`
        const text = [`${HEAD}x-x: &x ${flow(x)}`, `x-y: &y ${flow(y)}`, ...lines, last, ''].join('\n')
        folder.write({ 'a.yaml': text })
        const { document } = await parser.parse(text)
        const official: Readonly<Record<string, unknown>> = Object(document?.json())
        const { content } = await readDocument(`${folder.path}/a.yaml`)
        for (const key of Object.keys(content)) assert.equal(content[key], official[key], `${key} of ${text}`)
      }),
      { numRuns: 4 },
    )
  })

  it('is applied by every command', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const documentOf = (payload: string): string => `${HEAD}x-base: &base { type: string, minLength: 1 }
channels: { root: { address: /, messages: { m: { name: m, payload: ${payload} } } } }
operations: { o: { action: receive, channel: { $ref: '#/channels/root' } } }
`
    folder.write({ 'merged.yaml': documentOf('{ <<: *base, description: D }') })
    folder.write({ 'written.yaml': documentOf('{ type: string, minLength: 1, description: D }') })
    const { out } = await folder.ackwire('diff', 'merged.yaml', 'written.yaml')
    assert.is(out, 'No differences.\n')
    const imported = await folder.ackwire('import', 'merged.yaml', '-o', 'contract.ts')
    assert.is(imported.err, 'contract.ts: written\n')
    assert.match(folder.read('contract.ts'), "m: event.input(Type.String({ minLength: 1, description: 'D' })),")
    const served = await folder.start(['serve', 'merged.yaml', '--port', '0'], /http:\S+/)
    const [page = ''] = /http:\S+?(?=[;\s])/.exec(served.said) ?? []
    const json: { channels?: unknown } = Object(await (await fetch(`${page}/asyncapi.json`)).json())
    assert.match(JSON.stringify(json.channels), '"payload":{"type":"string","minLength":1,"description":"D"}')
    await served.stop()
  })

  it('in excess is reported', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const all = Array.from({ length: 2_000 }, (_, index) => `k${index}: 1`).join(', ')
    const lines = Array.from({ length: 2_000 }, (_, index) => `x-${index}: { <<: *base }`)
    folder.write({ 'a.yaml': [`${HEAD}x-base: &base { ${all} }`, ...lines].join('\n') })
    const { code, err } = await folder.ackwire('import', 'a.yaml')
    assert.is(code, 2)
    assert.match(err, /^a\.yaml: its (merge keys add|aliases expand it)/)
  })
})

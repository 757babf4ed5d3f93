import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as docs from '@ackwire/docs'
import { event, router } from '@ackwire/core'
import * as fc from 'fast-check'
import * as assert from 'uvu/assert'
import { parseDocument, stringify } from 'yaml'
import { describe } from '../../../test/harness.js'
import { readPlainYaml } from '../src/load/plain-yaml.js'

const golden = resolve(import.meta.dirname, '../../docs/test/golden')
const DOCUMENTS = readdirSync(golden).filter(name => name.endsWith('.yaml'))
const read = (name: string) => readFileSync(join(golden, name), 'utf8')

/** Returns what the library reads, or `undefined` if the text is not valid or a key is twice in its object. */
const reference = (text: string): unknown => {
  const parsed = parseDocument(text, { schema: 'core', resolveKnownTags: false, logLevel: 'silent' })
  return parsed.errors.length > 0 ? undefined : parsed.toJS()
}

/** Asserts that a text is either left to the library or read as the library reads it, and tells which. */
const agrees = (text: string): boolean => {
  const plain = readPlainYaml(text)
  if (plain === undefined) return false
  assert.equal(JSON.stringify(plain), JSON.stringify(reference(text)))
  return true
}

const text = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.constantFrom(
      'a',
      'b c',
      'd: e',
      'f #g',
      '1',
      '1.0.0',
      'true',
      'Null',
      "it's",
      'x\ny',
      '/h-{i}',
      '"j"',
      'k:l',
      '^m',
    ),
  },
  fc.string(),
)

/** Lines that are YAML of some kind, to be put among those of a document. */
const LINES = [
  '',
  ' ',
  'a',
  'a:',
  'a: ',
  'a: b: c',
  'a: b:',
  'a: b #c',
  'a: b#c',
  '# a',
  '---',
  '...',
  '%YAML 1.1',
  '- a',
  '-',
  '- ',
  '- - a',
  '- a: 1',
  '-a: 1',
  'a: &b 1',
  'a: *b',
  'a: !!str 1',
  'a: [1, 2]',
  'a: {b: 1}',
  'a: |',
  'a: |-',
  'a: |+',
  'a: |2',
  'a: >',
  '? a',
  ': a',
  'a: 0x1f',
  'a: 0o17',
  'a: 017',
  'a: +1',
  'a: -0',
  'a: 1_000',
  'a: .5',
  'a: 1.',
  'a: 1e3',
  'a: .inf',
  'a: -.inf',
  'a: .nan',
  'a: ~',
  'a: True',
  'a: NULL',
  'a: yes',
  'a: 2001-01-01',
  'a: 1:30',
  'a: 1.0.0',
  'a: 1.0',
  'a: "b',
  'a: "b" c',
  'a: "\\x41"',
  'a: "\\/"',
  "a: 'b''c'",
  "a: 'b' c",
  'null: 1',
  'true: 1',
  '1: 1',
  '"1": 1',
  '"a": 1',
  '<<: a',
  '__proto__: 1',
  'constructor: 1',
  'a :1',
  'a : 1',
  'a:1',
  'a\t: 1',
  'a: \tb',
  'a: b ',
  'a: @b',
  'a: `b`',
  'a: %b',
  'a: "\\ud83d\\ude00"',
  'a: é',
  'a: (b)',
  'a: /b',
  'a:b: c',
  'a: ,b',
  'b c: 1',
  'b : 1',
  '/b-{c}: d',
  'b #c: d',
  'b: c: d',
  'a: "b"  ',
]

describe('YAML as it is rendered', it => {
  for (const name of DOCUMENTS)
    it(`is read without the parser for all of YAML: ${name}`, () => assert.ok(agrees(read(name)), name))

  it('is read so with text on several lines, keys of all kinds and empty parts', () => {
    const description = 'One:\n\n  two # three\n- four\n'
    const api = router({ 'a b': event.input().describe({ description, tags: ['x: y', '1', 'null', "it's"] }) })
    assert.ok(agrees(docs.render(api, { info: { title: '"T"', version: '1', description: 'a\nb' } })))
  })

  it('means what it means to the parser, or is left to it', { timeoutMs: 120_000 }, () => {
    let count = 0
    const documents = [...DOCUMENTS.map(read), 'a:\n  b:\n    - c: |-\n        d\n      e: 1\n    - f\n']
    // The indentation is relative to that of the line there.
    const edits = fc.array(
      fc.record({
        at: fc.nat(),
        line: fc.constantFrom(...LINES),
        indent: fc.constantFrom(0, 0, 0, 0, 2, -2, 4, 1),
        replaces: fc.boolean(),
      }),
      { minLength: 1, maxLength: 2 },
    )
    fc.assert(
      fc.property(fc.constantFrom(...documents), fc.nat(), edits, (text, from, edits) => {
        // One key of the document, which is read in less time.
        const all = text.split('\n').slice(0, -1)
        const starts = all.flatMap((line, at) => (/^\S/.test(line) ? [at] : []))
        const which = from % starts.length
        const lines = all.slice(starts[which], starts[which + 1])
        for (const { at, line, indent, replaces } of edits) {
          const place = at % lines.length
          const beside = /^ */.exec(lines[place] ?? '')?.[0].length ?? 0
          lines.splice(place, replaces ? 1 : 0, ' '.repeat(Math.max(0, beside + indent)) + line)
        }
        if (agrees(`${lines.join('\n')}\n`)) count++
      }),
      { numRuns: 2_000 },
    )
    assert.ok(count > 100, `only ${count} were read`)
  })

  it('is left to the parser where the two would differ', () => {
    for (const text of [
      'a: "\\U00110000"\n',
      'a: "\\UFFFFFFFF"\n',
      'a: 1e999\n',
      'a: [-1.5E+400]\n',
      'a: [~: 2]\n',
      '[null: 2]',
    ])
      assert.is(agrees(text), false, text)
    for (const text of ['a: "\\U0001F600"\n', 'a: "\\U0010FFFF"\n', 'a: 1e30\n', 'a: [b: 2]\n'])
      assert.is(agrees(text), true, text)
  })

  it('of any JSON means what it means to the parser, or is left to it', { timeoutMs: 120_000 }, () => {
    let count = 0
    fc.assert(
      fc.property(
        fc.object({ key: text, values: [text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)] }),
        content => {
          if (agrees(stringify(content, { compat: 'yaml-1.1', aliasDuplicateObjects: false, lineWidth: 0 }))) count++
        },
      ),
      { numRuns: 1_000 },
    )
    assert.ok(count > 100, `only ${count} were read`)
  })
})

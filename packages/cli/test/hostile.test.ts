import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { INVISIBLE } from '../../docs/test/hostile-document.js'
import { contractOf, createFolder, type Folder } from './ackwire.js'
import type { Ran } from './running.js'

const timeoutMs = 300_000

const SIGNS = '\u001B[2J\u009B31m\u0007\u202E\u2066\u061C\u2028\uFEFF\r'

/** A document of one event, with hostile texts wherever there is one. */
const documentOf = (text: string, more: object = {}): object => ({
  asyncapi: '3.0.0',
  info: { title: text, version: text },
  [`${text}`]: 1,
  channels: { root: { address: '/', [text]: 1, messages: { m: { name: `e${text}`, [text]: 1, ...more } } } },
  operations: {
    o: { action: 'receive', channel: { $ref: '#/channels/root' }, summary: text },
    [text]: { action: text, channel: { $ref: text } },
  },
  servers: { [text]: { host: text, protocol: 'ws', [text]: 1 } },
})

const run = async (folder: Folder, ...args: readonly string[]): Promise<Ran> => {
  const ran = await folder.ackwire(...args)
  assert.not.match(
    ran.out.replaceAll('\tcommitted', '').replaceAll('\trendered', ''),
    INVISIBLE,
    `${args.join(' ')}: out`,
  )
  assert.not.match(ran.err, INVISIBLE, `${args.join(' ')}: err`)
  return ran
}

describe('ackwire with a hostile document', it => {
  it('runs nothing in its version, with or without an output file', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    for (const end of ['\n', '\r', '\u2028', '\u2029']) {
      const asyncapi = `3.0.0${end}await import('node:fs').then(fs => fs.writeFileSync('pwned', ''));//`
      folder.write({ 'a.json': JSON.stringify({ ...documentOf('t'), asyncapi }) })
      for (const args of [
        ['import', 'a.json'],
        ['import', 'a.json', '-o', 'c.ts', '--force'],
        ['diff', 'a.json', 'a.json'],
      ]) {
        const { code, out, err } = await run(folder, ...args)
        assert.equal([code, out], [2, ''])
        assert.match(
          err,
          /^a\.json: AsyncAPI 3\.0\.0\\(?:n|r|u202[89])[^\n]* is not supported; expected 2\.x or 3\.x\n$/,
        )
      }
    }
    assert.throws(() => folder.read('pwned'))
  })

  it('keeps the file name in one line of the contract', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const name = "a\nthrow new Error('it ran') \u202E.json"
    writeFileSync(join(folder.path, name), JSON.stringify(documentOf('t')))
    const { code, out } = await run(folder, 'import', name)
    assert.is(code, 0)
    assert.match(
      out,
      /^\/\/ Made by `ackwire import` from a\\nthrow new Error\('it ran'\) \\u202e\.json \(AsyncAPI 3\.0\.0\)/,
    )
    assert.is(out.split('\n').filter(line => line.startsWith('throw')).length, 0)
  })

  it('sends no control or invisible character to a terminal, in any command', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({
      'a.json': JSON.stringify(documentOf(SIGNS)),
      'b.json': JSON.stringify({ ...documentOf('t'), info: { title: SIGNS, version: '1' } }),
      'contract.ts': contractOf(
        `[${JSON.stringify(`e${SIGNS}`)}]: event.input().describe({ description: ${JSON.stringify(SIGNS)} })`,
      ),
      'wrong.ts': contractOf(`[${JSON.stringify(`/e${SIGNS}`)}]: event.input()`),
      'thrown.ts': `throw new Error(${JSON.stringify(`one\nfake.ts: written${SIGNS}`)})`,
      'syntax.ts': `const a = "${'\u202E\u001B'}`,
      'a.yaml': `asyncapi: 3.0.0\na: "${'\u202E\u009B'}\nb: [\n`,
      'keys.yaml': `asyncapi: "4${'\u202E'}"\n? [a, "\u202E"]\n: 1\n`,
    })
    await run(folder, 'import', 'a.json')
    await run(folder, 'import', 'a.json', '-o', 'out.ts')
    await run(folder, 'diff', 'a.json', 'b.json')
    await run(folder, 'diff', 'a.json', 'b.json', '--json')
    await run(folder, 'check', 'contract.ts', 'a.json')
    await run(folder, 'render', 'contract.ts')
    await run(folder, 'render', 'contract.ts', '-f', 'json')
    await run(folder, 'render', 'wrong.ts')
    await run(folder, 'render', 'syntax.ts')
    await run(folder, 'import', 'a.yaml')
    await run(folder, 'import', 'keys.yaml')
    await run(folder, 'serve', `none${SIGNS}`)
    await run(folder, `none${SIGNS}`, `--none${SIGNS}`)
    // What stands behind a line break of somebody else can't pass for a line of ours.
    assert.match((await run(folder, 'render', 'thrown.ts')).err, /^thrown\.ts:1: one\n {2}fake\.ts: written\\u001b/)
  })

  it('restores what it has escaped', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const text = `${SIGNS}\u{E0041}\n\u2029 'a' "b" \\`
    // Names of servers are keys of components.
    folder.write({ 'a.json': JSON.stringify({ ...documentOf(text), servers: {} }) })
    const imported = await run(folder, 'import', 'a.json', '-o', 'contract.ts')
    assert.is(imported.code, 0, imported.err)
    const { out } = await run(folder, 'render', 'contract.ts', '-f', 'json')
    const { info } = JSON.parse(out) as { info: { title: string } }
    assert.is(info.title, text)
    const yaml = await run(folder, 'render', 'contract.ts')
    folder.write({ 'rendered.yaml': yaml.out })
    assert.is((await run(folder, 'check', 'contract.ts', 'rendered.yaml')).code, 0)
  })
})

describe('ackwire with a document that is expensive to process', it => {
  const texts = (schema: object): object =>
    documentOf('t', { payload: { type: 'object', properties: { p: schema }, required: ['p'] } })

  it('does not wait for a pattern that is slow on a string of the document', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    // A square of its length: slow, and it ends.
    const text = 'x'.repeat(300_000)
    const slow = { type: 'string', pattern: 'x+y$' }
    folder.write({
      'default.json': JSON.stringify(texts({ ...slow, default: text })),
      'examples.json': JSON.stringify(documentOf('t', { payload: slow, examples: [{ payload: text }] })),
      'names.json': JSON.stringify(
        texts({ type: 'object', patternProperties: { 'x+y$': { type: 'string' } }, default: { [text]: 'a' } }),
      ),
      'const.json': JSON.stringify(texts({ const: text })),
      'pattern.json': JSON.stringify(texts(slow)),
    })
    for (const args of [
      ['import', 'default.json'],
      ['import', 'examples.json'],
      ['import', 'names.json'],
      ['diff', 'const.json', 'pattern.json'],
    ]) {
      const start = performance.now()
      const { code, err } = await run(folder, ...args)
      assert.ok(performance.now() - start < 15_000, `${args.join(' ')}: ${performance.now() - start} ms`)
      assert.is(code, args[0] === 'diff' ? 1 : 0, err.slice(0, 300))
    }
  })

  it('reports aliases that expand too much', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const lines = Array.from({ length: 30 }, (_, index) => `x-${index + 1}: &a${index + 1} [*a${index}, *a${index}]`)
    folder.write({ 'a.yaml': ['asyncapi: 3.0.0', 'x-0: &a0 [lol, lol]', ...lines].join('\n') })
    const { code, err } = await run(folder, 'import', 'a.yaml')
    assert.is(code, 2)
    assert.match(err, /^a\.yaml: its aliases expand it to \d+ times its size; use \$ref instead\n$/)
  })

  it('accepts many aliases that expand little', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const names = Array.from({ length: 12_000 }, (_, index) => `  x-${index}: *a`)
    folder.write({
      'a.yaml': ['asyncapi: 3.0.0', 'info: &a { title: T, version: "1" }', 'x-all:', ...names].join('\n'),
    })
    assert.is((await run(folder, 'diff', 'a.yaml', 'a.yaml')).code, 0)
  })

  it('takes a time in proportion to its keys and aliases', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const lines = Array.from({ length: 60_000 }, (_, index) => `  k${index}: *a`)
    folder.write({
      'a.yaml': ['asyncapi: 3.0.0', `info: &a { title: ${'long '.repeat(200)}}`, 'x:', ...lines].join('\n'),
    })
    // It ends with a problem after 20 s.
    const { code, err } = await run(folder, 'import', 'a.yaml')
    assert.match(err, /^a\.yaml: its aliases expand it to \d+ times its size/)
    assert.is(code, 2)
  })

  it('names a key that an object has twice', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({
      'a.json': '{\n"asyncapi": "3.0.0", "info": { "title": "a",\n "version": "1", "title": "b" } }',
      'a.yaml': `asyncapi: 3.0.0\ninfo:\n  ? &a "t\u202E"\n  : 1\n  "t\u202E": 2\n`,
    })
    for (const [file, said] of [
      ['a.json', 'a.json:3:18: the key "title" is in its object twice; expected it once'],
      ['a.yaml', 'a.yaml:5:3: the key "t\\u202e" is in its object twice; expected it once'],
    ] as const) {
      const { code, err } = await run(folder, 'import', file)
      assert.equal([code, err], [2, `${said}\n`])
    }
  })

  it('reports operations that multiply its content', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const named = <Value>(count: number, make: (name: string) => Value): Readonly<Record<string, Value>> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, make(`n${index}`)]))
    const channelOf = (messages: object): object => ({ channels: { root: { address: '/', messages } } })
    const operation = { action: 'receive', channel: { $ref: '#/channels/root' } }
    const large = { payload: { type: 'string', description: 'long '.repeat(10_000) } }
    folder.write({
      'many.json': JSON.stringify({
        ...documentOf('t'),
        ...channelOf(named(300, name => ({ name }))),
        operations: named(300, () => operation),
      }),
      'large.json': JSON.stringify({
        ...documentOf('t'),
        ...channelOf({ m: large }),
        operations: named(2_000, () => operation),
      }),
    })
    for (const [file, said] of [
      ['many.json', 'describes 90000 events; expected at most 50000: name the messages of operations'],
      [
        'large.json',
        'would become a contract of more than 50000000 characters; move what its operations share to components',
      ],
    ] as const) {
      const { code, err } = await run(folder, 'import', file)
      assert.equal([code, err], [2, `${file}: ${said}\n`])
    }
  })

  it('reports nesting that is too deep or endless', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
    const chain = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [
        `S${index}`,
        { type: 'object', properties: { next: { $ref: `#/components/schemas/S${index + 1}` } } },
      ]),
    )
    folder.write({
      'deep.json': `{"asyncapi":"3.0.0","x-deep":${nested(300)}}`,
      'deeper.json': `{"asyncapi":"3.0.0","x-deep":${nested(100_000)}}`,
      'traits.json': JSON.stringify({
        ...documentOf('t'),
        channels: { root: { address: '/', messages: { m: { traits: [{ $ref: '#/channels/root/messages/m' }] } } } },
      }),
      'chain.json': JSON.stringify({
        ...documentOf('t', { payload: { $ref: '#/components/schemas/S0' } }),
        components: { schemas: chain },
      }),
    })
    assert.match(
      (await run(folder, 'import', 'deep.json')).err,
      /^deep\.json: nests 30\d levels deep; expected at most 200/,
    )
    for (const name of ['deeper', 'traits', 'chain']) {
      const { code, err } = await run(folder, 'import', `${name}.json`)
      assert.is(code, 2, name)
      assert.match(err, new RegExp(`^${name}\\.json: is nested too deeply, directly or by references[^\n]*\n$`))
    }
  })
})

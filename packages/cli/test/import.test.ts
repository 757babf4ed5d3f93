import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { event, router } from '@ackwire/core'
import { document, render } from '@ackwire/docs'
import { contractOf as contractFrom, readApi } from '@ackwire/docs/tooling'
import { format } from 'prettier'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { describe } from '../../../test/harness.js'
import { corpus, options } from '../../docs/test/corpus.js'
import { featureOptions, features } from '../../docs/test/features.js'
import { createFolder, type Folder } from './ackwire.js'

const timeoutMs = 300_000
const tsc = resolve(import.meta.dirname, '../../../../node_modules/typescript/bin/tsc')
const LIKE = { parser: 'typescript', semi: false, singleQuote: true, printWidth: 100, arrowParens: 'avoid' } as const

const read = (folder: Folder, file: string): string => readFileSync(join(folder.path, file), 'utf8')

/** Documents of others, in the shapes that their tools write. */
const FIXTURES = ['python', 'fastapi', 'zod-sockets']

/** Compiles all TypeScript in a folder as a strict user would. */
const compile = (folder: Folder): string => {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: 'ES2022',
    lib: ['ES2023'],
    module: 'NodeNext',
    skipLibCheck: true,
    types: ['node'],
    customConditions: ['ackwire-source'],
  }
  folder.write({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({ compilerOptions, include: ['*.ts'] }),
  })
  return spawnSync(process.execPath, [tsc, '-p', '.'], { cwd: folder.path, encoding: 'utf8' }).stdout
}

describe('ackwire import', it => {
  it(
    'restores the contract of a rendered document, which renders the same again except for the listed parts',
    { timeoutMs },
    async ({ defer }) => {
      const folder = createFolder(defer)
      folder.write({ 'a.yaml': render(corpus, options) })
      const said = await folder.ackwire('import', 'a.yaml', '-o', 'contract.ts')
      assert.is(said.code, 0, said.err)
      const places = ['all input[0]', 'all ack', 'everything output[0]']
      const listed = places.map(place => `  - ${place}.unsafe: the types object, null are written as a union`)
      assert.is(said.err, ['a.yaml: changed or left out:', ...listed, 'contract.ts: written', ''].join('\n'))

      const { out, err } = await folder.ackwire('render', 'contract.ts', '-f', 'json')
      assert.is(err, '')
      assert.equal(withoutUnsafe(JSON.parse(out)), withoutUnsafe(document(corpus, options)))
    },
  )

  for (const version of ['3.0.0', '3.1.0', '2.6.0'] as const) {
    it(`reads ${version} of each feature`, { timeoutMs }, async ({ defer }) => {
      const folder = createFolder(defer)
      folder.write({ 'a.yaml': render(features, { ...featureOptions, version }) })
      const said = await folder.ackwire('import', 'a.yaml', '-o', 'contract.ts')
      assert.is(
        said.err,
        [
          'a.yaml: changed or left out:',
          '  - byHand input[0]: a list of item schemas is treated as a tuple with all of its items',
          'contract.ts: written',
          '',
        ].join('\n'),
      )
      folder.write({ 'old.yaml': render(features, featureOptions) })
      const { out } = await folder.ackwire('diff', 'old.yaml', 'contract.ts', '--json')
      const { changes } = JSON.parse(out) as { changes: { class: string; where: string; part: string; what: string }[] }
      const asked = changes.filter(change => change.class !== 'documentation')
      assert.equal(
        asked.map(({ where, part, what }) => `${where} ${part}: ${what}`),
        [
          '/ byHand input[0]: minItems: any → 2',
          '/ draw input: is written differently',
          '/ draw ack: is written differently',
        ],
      )
    })
  }

  it('writes strict TypeScript in prettier’s format', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({ 'ours.yaml': render(corpus, options) })
    for (const name of FIXTURES) folder.copy(`${name}.yaml`)
    for (const name of ['ours', ...FIXTURES]) {
      const { text } = contractFrom(readApi(parse(read(folder, `${name}.yaml`))))
      folder.write({ [`${name}.ts`]: text })
      assert.is(text, await format(text, LIKE), name)
    }
    assert.is(compile(folder), '')
  })

  it('leaves out limits that a contract can’t express, and reports them', () => {
    const api = router({
      e: event.input().limit({ maxBytes: 5 }),
      g: router({ e: event.input() }, { limit: { maxBytes: 5 } }),
    })
    const written = JSON.stringify(document(api)).replaceAll('"maxBytes":5', '"maxBytes":-5').replace('"g":{', '"h":{')
    const { text, notes } = contractFrom(readApi(JSON.parse(written)))
    assert.not.match(text, /\blimit[:(]/)
    const why = 'its limit maxBytes: expected an integer of at least 1, got -5; it is left out'
    assert.equal(notes, [`/ h: ${why}`, `e: ${why}`])
    const strange = JSON.stringify(document(api)).replace('"g":{', '"h":{')
    assert.equal(contractFrom(readApi(JSON.parse(strange))).notes, [
      '/: h: there is no such group, and its limit is left out',
    ])
  })

  for (const name of FIXTURES) {
    it(`creates a contract from a ${name} document, which renders`, { timeoutMs }, async ({ defer }) => {
      const folder = createFolder(defer)
      folder.copy(`${name}.yaml`)
      folder.copy(`${name}.txt`)
      const { code, out, err } = await folder.ackwire('import', `${name}.yaml`)
      assert.is(code, 0, err)
      // The whole text, so that a change to it is seen and judged.
      assert.fixture(out, read(folder, `${name}.txt`))
      const notes = out
        .split('\n')
        .filter(line => line.startsWith('// - '))
        .map(line => line.slice(3))
      assert.is(err, [`${name}.yaml: changed or left out:`, ...notes.map(note => `  ${note}`), ''].join('\n'))
      folder.write({ 'contract.ts': out })
      const rendered = await folder.ackwire('render', 'contract.ts')
      assert.equal([rendered.code, rendered.err], [0, ''])
      // What came out is ours, and so comes back as it is.
      folder.write({ 'again.yaml': rendered.out })
      const again = await folder.ackwire('import', 'again.yaml', '-o', 'again.ts')
      assert.is(again.err, 'again.ts: written\n')
      const check = await folder.ackwire('check', 'again.ts', 'again.yaml')
      assert.is(check.code, 0, check.out)
    })
  }

  it('overwrites a file only with --force', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({ 'a.yaml': render(corpus, options), 'contract.ts': '// mine' })
    const { code, err } = await folder.ackwire('import', 'a.yaml', '-o', 'contract.ts')
    assert.equal([code, err], [2, 'contract.ts: exists already; choose another name, or overwrite it with --force\n'])
    assert.is(read(folder, 'contract.ts'), '// mine')
    assert.is((await folder.ackwire('import', 'a.yaml', '-o', 'contract.ts', '--force')).code, 0)
  })

  it('runs nothing in a document', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const evil = "'); globalThis.pwned = true; ('\n\u2028*/`${1}"
    const content = {
      asyncapi: '3.0.0',
      info: { title: evil, version: '1' },
      [evil]: 1,
      channels: {
        [evil]: { address: `/${evil}` },
        root: {
          address: '/',
          messages: { m: { name: evil, payload: { $ref: `#/components/schemas/${evil.replaceAll('/', '~1')}` } } },
        },
      },
      operations: {
        [evil]: {
          action: 'receive',
          channel: { $ref: '#/channels/root' },
          summary: evil,
          description: evil,
          messages: [{ $ref: '#/channels/root/messages/m' }],
        },
      },
      components: {
        schemas: {
          [evil]: {
            type: 'object',
            description: evil,
            properties: { [evil]: { const: evil }, ['__proto__']: { type: 'string' } },
            required: ['__proto__'],
          },
        },
      },
    }
    folder.write({ 'a.json': JSON.stringify(content) })
    assert.is((await folder.ackwire('import', 'a.json', '-o', 'contract.ts')).code, 0)
    folder.write({
      'run.ts': `import { api, docs } from './contract.ts'\nexport { api }\nexport const seen = docs\nif ('pwned' in globalThis) throw new Error('it ran')`,
    })
    const { code, out, err } = await folder.ackwire('render', 'run.ts', '-f', 'json')
    assert.is(code, 0, err)
    const { operations } = JSON.parse(out) as { operations: Record<string, { summary: string }> }
    assert.equal(
      Object.values(operations).map(({ summary }) => summary),
      [evil],
    )
  })
})

/** Without the property that a hand-written schema describes: it comes back as a union, as is said. */
const withoutUnsafe = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutUnsafe)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'unsafe')
      .map(([key, part]) => [key, withoutUnsafe(part)]),
  )
}

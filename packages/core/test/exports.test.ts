import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const namesOf = (module: object): readonly string[] => Object.keys(module).toSorted()

/** All that the packages export at run time, by entry. A name that comes or goes is a change of the public API. */
const EXPORTS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  core: {
    '.': ['EventError', 'event', 'router'],
    './server': ['attach', 'guard', 'tracked'],
    './opentelemetry': ['createRecorder', 'openTelemetry'],
    './formats': ['registerFormats'],
    './typebox': namesOf(await import('@sinclair/typebox')),
    './typebox/compiler': namesOf(await import('@sinclair/typebox/compiler')),
    './typebox/errors': namesOf(await import('@sinclair/typebox/errors')),
    './typebox/value': namesOf(await import('@sinclair/typebox/value')),
    './standard': ['from'],
    './wire': ['ENVELOPE', 'EventError', 'envelope', 'errorIn', 'errorOf', 'failureIn', 'isEnvelope'],
    './internal': ['INVISIBLE', 'LONGEST_TIMER_MS', 'foreignOf', 'isRouter'],
    './testing': ['serve'],
    './declarations': [],
    './server/declarations': [],
  },
  client: {
    '.': ['EventError', 'createClient', 'safe'],
    './opentelemetry': ['traced'],
    './react': [
      'mutationOptions',
      'queryKey',
      'queryOptions',
      'useCall',
      'useClient',
      'useConnection',
      'useEvent',
      'useStream',
    ],
  },
  docs: {
    '.': ['catalog', 'document', 'extensionSchema', 'handler', 'html', 'render', 'serve'],
    './tooling': [
      'EMPTY_NAMESPACE',
      'bundleFiles',
      'contractOf',
      'createResources',
      'diff',
      'formatLoop',
      'isJson',
      'isOurs',
      'isRouter',
      'isSame',
      'jsonOf',
      'printableLine',
      'printableSource',
      'readApi',
      'referencesIn',
      'textOf',
      'withTimeLimit',
      'write',
    ],
    './declarations': [],
  },
}

type Conditions = Readonly<Record<string, string>>
type Entry = Readonly<Record<string, string | Conditions>>

interface Manifest {
  readonly main?: string
  readonly types?: string
  readonly typesVersions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  readonly exports: Readonly<Record<string, Entry | string>>
}

for (const [name, expected] of Object.entries(EXPORTS)) {
  describe(`the package ${name}`, it => {
    const folder = new URL(`../../${name}/`, import.meta.url)
    const manifest: Manifest = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'))
    const { './package.json': own, ...others } = manifest.exports
    const entries = Object.entries(others as Readonly<Record<string, Entry>>) // Only the manifest is no module.

    it('has these entries, and its manifest', () => {
      assert.equal(Object.keys(others), Object.keys(expected))
      assert.is(own, './package.json')
    })

    for (const [entry, names] of Object.entries(expected)) {
      it(`exports these names from '${entry}', and no default`, async () => {
        const source = new Map(entries).get(entry)?.['ackwire-source']
        const file = typeof source === 'object' ? source['default'] : source
        const module: object = await import(new URL(String(file), folder).href)
        assert.equal(Object.keys(module).toSorted(), names)
      })
    }

    it('has the source, the code and the types of an entry at the same place', () => {
      for (const [entry, { default: code, 'ackwire-source': source, ...conditions }] of entries) {
        if (entry === '.' && name === 'client') continue
        const place = String(code).replace('./dist/', '').replace(/\.js$/, '')
        const own = entry.startsWith('./typebox') ? 'node/' : ''
        const copy = `./dist/cjs/${own}${place}`
        assert.is(source, `./src/${place}.ts`)
        // The order counts: whoever knows `module` or `module-sync` gets the ES modules, also by `require`.
        assert.equal(Object.entries(conditions), [
          ['types', { require: `./dist/cjs/${place}.d.cts`, default: `./dist/${place}.d.ts` }],
          ...['react-native', 'module', 'bun', 'deno'].map(condition => [condition, code]),
          ['module-sync', `./dist/${own}${place}.js`],
          ['require', own === '' ? `${copy}.cjs` : { node: `${copy}.cjs`, default: `./dist/cjs/${place}.cjs` }],
        ])
      }
    })

    it('has the types of each entry also for `moduleResolution: node10`', () => {
      const types = entries.map(([entry, { default: code }]) => [entry, String(code).replace(/\.js$/, '.d.ts')])
      const [first, ...rest] = types
      assert.equal([first], [['.', manifest.types]])
      assert.equal(manifest.typesVersions, {
        '*': Object.fromEntries(rest.map(([entry = '', file]) => [entry.slice(2), [file]])),
      })
      assert.is(manifest.main, './dist/cjs/index.cjs')
    })
  })
}

describe('the entry of the client', it => {
  it('has a build of its own for Node, with the same types', () => {
    const manifest: Manifest = JSON.parse(readFileSync(new URL('../../client/package.json', import.meta.url), 'utf8'))
    const code = './dist/index.js'
    // The order counts: Bun and Deno know `node` as well.
    assert.equal(
      JSON.stringify(manifest.exports['.'], null, 2),
      JSON.stringify(
        {
          'ackwire-source': { types: './src/index.ts', node: './src/node/index.ts', default: './src/index.ts' },
          types: { require: './dist/cjs/index.d.cts', default: './dist/index.d.ts' },
          'react-native': code,
          bun: code,
          deno: code,
          node: {
            module: './dist/node/index.js',
            'module-sync': './dist/node/index.js',
            require: './dist/cjs/node/index.cjs',
            default: './dist/node/index.js',
          },
          module: code,
          require: './dist/cjs/index.cjs',
          default: code,
        },
        null,
        2,
      ),
    )
  })
})

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
      'textOf',
      'withTimeLimit',
      'write',
    ],
    './declarations': [],
  },
}

interface Manifest {
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>
}

for (const [name, expected] of Object.entries(EXPORTS)) {
  describe(`the package ${name}`, it => {
    const folder = new URL(`../../${name}/`, import.meta.url)
    const manifest: Manifest = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'))

    it('has these entries', () => {
      assert.equal(Object.keys(manifest.exports), Object.keys(expected))
    })

    for (const [entry, names] of Object.entries(expected)) {
      it(`exports these names from '${entry}', and no default`, async () => {
        const source = manifest.exports[entry]?.['ackwire-source'] ?? ''
        const module: object = await import(new URL(source, folder).href)
        assert.equal(Object.keys(module).toSorted(), names)
      })
    }

    it('has the source, the code and the types of an entry at the same place', () => {
      for (const { types, default: code, 'ackwire-source': source } of Object.values(manifest.exports)) {
        assert.is(types, code?.replace(/\.js$/, '.d.ts'))
        assert.is(source, code?.replace('/dist/', '/src/').replace(/\.js$/, '.ts'))
      }
    })
  })
}

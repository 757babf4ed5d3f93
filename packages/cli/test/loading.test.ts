import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { createFolder } from './ackwire.js'

const timeoutMs = 300_000

/** Returns a version 2 document with one event of this payload. */
const ofPayload = (payload: object, components: object = {}, more: object = {}) => ({
  asyncapi: '2.6.0',
  info: { title: 'T', version: '1' },
  channels: { '/g-{id}': { publish: { message: { name: 'e', payload } }, ...more } },
  components: { schemas: components },
})
const ofParameter = (schema: object, components: object = {}) =>
  ofPayload({ type: 'string' }, components, { parameters: { id: { description: 'Which', schema } } })
const loops = { A: { $ref: '#/components/schemas/B' }, B: { allOf: [{ $ref: '#/components/schemas/A' }] } }
const object = { type: 'object' }

/** The content of a document, the expected note on it, and the expected contract. */
const CASES: Readonly<Record<string, readonly [content: object, note: RegExp | undefined, text: RegExp]>> = {
  'an integer as a parameter': [ofParameter({ type: 'integer' }), /id: a parameter is a string/, /id: Type\.String\(/],
  'a boolean as a parameter': [ofParameter({ type: 'boolean' }), /id: a parameter is a string/, /id: Type\.String\(/],
  'numbers as a parameter': [ofParameter({ enum: [1, 2] }), /id: a parameter is a string/, /id: Type\.String\(/],
  'anything as a parameter': [ofParameter({}), /id: a parameter is a string/, /id: Type\.String\(/],
  'a parameter that may be null': [
    ofParameter({ type: 'string', nullable: true }),
    /id: a parameter is a string/,
    /id: Type\.String\(/,
  ],
  'an object as a parameter': [
    ofParameter({ $ref: '#/components/schemas/O' }, { O: object }),
    /id: a parameter is a string/,
    /id: Type\.String\(/,
  ],
  'words as a parameter': [ofParameter({ enum: ['a', 'b'] }), undefined, /id: Type\.Union\(/],
  'two patterns of names': [
    ofPayload({ ...object, patternProperties: { '^a': {}, '^b': {} }, additionalProperties: false }),
    /patternProperties is left out, and additionalProperties/,
    /Type\.Record\(Type\.String\(\), Type\.Unknown\(\)\)/,
  ],
  'a pattern beside properties': [
    ofPayload({ ...object, properties: { x: { type: 'string' } }, patternProperties: { '^a': {} } }),
    /patternProperties is left out/,
    /Type\.Object\(/,
  ],
  'a pattern that is none': [
    ofPayload({ ...object, patternProperties: { '(': {} } }),
    /"\(" is not a JavaScript regular expression/,
    /Type\.Record\(/,
  ],
  'limits of draft 4': [
    ofPayload({ type: 'integer', minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false }),
    undefined,
    /exclusiveMinimum: 1, maximum: 9/,
  ],
  'references in a circle': [
    ofPayload({ $ref: '#/components/schemas/A' }, loops),
    /leads back to itself/,
    /event\.input\(Type\.Unknown\(\)\)/,
  ],
  'two messages of one name': [
    ofPayload({ type: 'string' }, {}, { publish: { message: { oneOf: [{ name: 'm' }, { name: 'm' }] } } }),
    /m: is declared twice/,
    /m: event/,
  ],
  'an operation without a channel': [
    { asyncapi: '3.0.0', channels: {}, operations: { o: { action: 'send', channel: { $ref: '#/channels/x' } } } },
    /operations\.o: its channel #\/channels\/x is not one/,
    /router\(/,
  ],
  'an operation of another action': [
    {
      asyncapi: '3.0.0',
      channels: { c: { address: '/' } },
      operations: { o: { action: 'publish', channel: { $ref: '#/channels/c' } } },
    },
    /operations\.o: expected its action to be send or receive, got "publish"/,
    /router\(/,
  ],
}

describe('an imported contract', it => {
  it('is loaded as a check, and reports the events that can’t be', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const message = { oneOf: [{ name: 'good' }, { name: 'bad', payload: { type: 'string', minLength: 'x' } }] }
    folder.write({ 'a.json': JSON.stringify(ofPayload({}, {}, { publish: { message } })) })
    const { code, err } = await folder.ackwire('import', 'a.json', '-o', 'contract.ts')
    assert.is(code, 2)
    assert.match(err, /contract\.ts: can't be loaded; .*\n {2}- \/g-\{id\} bad: [^\n]*input\[0\][^\n]*\n$/)
  })

  for (const [what, [content, note, text]] of Object.entries(CASES)) {
    it(`can be loaded if the document has ${what}`, { timeoutMs }, async ({ defer }) => {
      const folder = createFolder(defer)
      folder.write({ 'a.json': JSON.stringify(content) })
      const { code, out, err } = await folder.ackwire('import', 'a.json')
      assert.is(code, 0, err)
      if (note !== undefined) assert.match(err, note)
      else assert.is(err, '')
      assert.match(out.replace(/^\/\/.*$/gm, '').replaceAll(/\s+/g, ' '), text)
      folder.write({ 'contract.ts': out })
      const rendered = await folder.ackwire('render', 'contract.ts')
      assert.equal([rendered.code, rendered.err], [0, ''])
    })
  }
})

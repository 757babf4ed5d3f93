import { Parser } from '@asyncapi/parser'
import * as fc from 'fast-check'
import * as assert from 'uvu/assert'
import { contractOf, diff, readApi } from '@ackwire/docs/tooling'
import { describe } from '../../../test/harness.js'
import { readDocument } from '../src/load/document.js'
import { problemsOf } from '../src/load/imported.js'
import { createFolder } from './ackwire.js'
import { foreignDocuments } from './foreign-documents.js'

const timeoutMs = 600_000
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

/** Returns the document of one event, or of a channel for each of many. */
const documentOf = (schemas: object, messages: object, channels?: object): object => ({
  asyncapi: '3.0.0',
  info: { title: 'T', version: '1' },
  channels: channels ?? { root: { address: '/', messages } },
  operations: Object.fromEntries(
    Object.keys(messages).map(name => [
      name,
      {
        action: 'receive',
        channel: { $ref: channels === undefined ? '#/channels/root' : `#/channels/${name}` },
        ...(channels === undefined ? { messages: [{ $ref: `#/channels/root/messages/${name}` }] } : {}),
      },
    ]),
  ),
  components: { schemas },
})

const chainOf = (length: number, last: object, schemaOf: (next: object) => object): object =>
  Object.fromEntries(
    Array.from({ length: length + 1 }, (_, index) => [
      `S${index}`,
      index === length ? last : schemaOf({ $ref: `#/components/schemas/S${index + 1}` }),
    ]),
  )

const single = { e: { name: 'e', payload: { $ref: '#/components/schemas/S0' } } }
const names = Array.from({ length: 2_000 }, (_, index) => `e${index}`)
const messages = Object.fromEntries(
  names.map(name => [
    name,
    { name, payload: { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } } },
  ]),
)
const next = (schema: object): object => ({ type: 'object', properties: { next: schema }, required: ['next'] })
const twice = (schema: object): object => ({ type: 'object', properties: { a: schema, b: schema } })

/** The documents that cost the most, with the seconds of processor time that they may take, which are several times what they do. */
const COSTLY: readonly (readonly [title: string, document: object, changed: object, seconds: number])[] = [
  [
    '40 schemas, each of which has the next one twice',
    documentOf(chainOf(40, { type: 'string' }, twice), single),
    documentOf(chainOf(40, { type: 'integer' }, twice), single),
    8,
  ],
  [
    'a chain of 400 schemas',
    documentOf(chainOf(400, { type: 'string' }, next), single),
    documentOf(chainOf(400, { type: 'integer' }, next), single),
    10,
  ],
  [
    'a chain of 2,000 schemas',
    documentOf(chainOf(2_000, { type: 'string' }, next), single),
    documentOf(chainOf(2_000, { type: 'integer' }, next), single),
    30,
  ],
  ['2,000 messages', documentOf({}, messages), documentOf({}, { ...messages, e0: { name: 'other' } }), 30],
  [
    '2,000 channels of one event',
    documentOf(
      {},
      messages,
      Object.fromEntries(names.map(name => [name, { address: `a:${name}`, messages: { m: messages[name] } }])),
    ),
    documentOf({}, messages),
    30,
  ],
]

describe('documents of others', it => {
  it('are carried over, or told of with their place, word by word', { timeoutMs }, async ({ defer, print }) => {
    const folder = createFolder(defer)
    const parser = new Parser()
    let taken = 0
    const property = fc.asyncProperty(foreignDocuments, async ({ content, files, marks }) => {
      folder.write({ 'a.json': JSON.stringify(content) })
      folder.write(Object.fromEntries(Object.entries(files).map(([name, file]) => [name, JSON.stringify(file)])))
      const file = `${folder.path}/a.json`
      const shown = JSON.stringify({ content, files })
      // The parser takes long, so that not each is given to it.
      if (taken < 5) {
        const { document, diagnostics } = await parser.parse(JSON.stringify(content), { source: file })
        const faults = diagnostics.filter(({ severity }) => severity === 0).map(({ message }) => message)
        assert.ok(document !== undefined, `seed ${seed}: ${faults.join()} in ${shown}`)
      }
      taken++
      const { content: read } = await readDocument(file)
      const api = readApi(read)
      const contract = contractOf(api, 'a.json')
      assert.equal(await problemsOf(contract, api), [], `seed ${seed}: ${shown}`)
      const unread = new Set(marks.filter(mark => !JSON.stringify(read).includes(mark)))
      for (const mark of marks)
        assert.ok(
          unread.has(mark) || contract.text.includes(mark),
          `seed ${seed}: ${mark} is lost of ${shown}\n${contract.text}`,
        )
      assert.equal(diff(read, structuredClone(read), { strict: false }), [], `seed ${seed}: ${shown}`)
    })
    await fc.assert(property, { numRuns: 150, seed })
    print(`${taken} documents, seed ${seed}`)
  })

  for (const [title, document, changed, seconds] of COSTLY)
    it(
      `are imported and compared in a time in proportion to their size: ${title}`,
      { timeoutMs },
      async ({ print }) => {
        const start = process.cpuUsage()
        const api = readApi({ ...document })
        const contract = contractOf(api)
        // A long chain takes TypeBox most of the time, and what takes 20 s on a busy machine is given up.
        if (!title.includes('2,000 schemas')) assert.equal(await problemsOf(contract, api), [])
        assert.equal(diff({ ...document }, structuredClone({ ...document }), { strict: false }), [])
        assert.ok(diff({ ...document }, { ...changed }, { strict: false }).length > 0)
        const { user, system } = process.cpuUsage(start)
        const taken = (user + system) / 1_000_000
        print(`${title}: ${taken.toFixed(1)} s`)
        assert.ok(taken < seconds, `${taken} s`)
      },
    )
})

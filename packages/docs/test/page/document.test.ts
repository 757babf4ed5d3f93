import * as assert from 'uvu/assert'
import { describe } from '../../../../test/harness.js'
import { type Api, createApi } from '../../src/page/document/api.js'
import { jsonOf } from '../../src/parse/json.js'
import { readApi } from '../../src/parse/parse.js'
import { bases } from '../hostile-document.js'

const sorted = (events: readonly unknown[]): readonly string[] => events.map(event => JSON.stringify(event)).toSorted()

/** Returns the events that the page shows, as `parse` reads them. */
const shownIn = ({ namespaces }: Api): readonly string[] =>
  sorted(
    namespaces.flatMap(({ name: namespace, auth, events }) =>
      events.map(({ name, direction, args, stream, replies, summary, tags, isDeprecated }) => ({
        namespace,
        auth,
        name,
        direction,
        summary,
        tags,
        isDeprecated,
        args: args.map(({ schema }) => schema),
        item: stream?.item,
        errors: replies.flatMap(({ code }) => code ?? []),
      })),
    ),
  )

const readIn = (document: unknown): readonly string[] =>
  sorted(
    readApi(jsonOf(document)).namespaces.flatMap(({ name: namespace, auth, events }) =>
      events.map(({ name, direction, args, stream, errors, said }) => ({
        namespace,
        auth,
        name,
        direction,
        summary: said.summary,
        tags: said.tags.map(tag => tag['name']),
        isDeprecated: said.deprecated,
        args: args?.items,
        item: stream?.item,
        errors: [...errors.keys()],
      })),
    ),
  )

const message = (name: string, payload: object) => ({ name, payload })

/** A document of another tool, whose operation carries each message of its channel. */
const foreign = (messages: object) => ({
  asyncapi: '3.0.0',
  channels: { root: { address: '/', messages } },
  operations: { say: { action: 'receive', title: 'say', channel: { $ref: '#/channels/root' } } },
})

describe('the page', it => {
  for (const [name, document] of bases) {
    if (!String(jsonOf(document)['asyncapi']).startsWith('3')) continue
    it(`reads the events of ${name} as diff and import read them`, () => {
      const events = readIn(document)
      assert.ok(events.length > 5)
      assert.equal(shownIn(createApi(document)), events)
    })
  }

  it('shows each message of an operation as an event', () => {
    const text = { type: 'string' }
    const document = foreign({ a: message('a', text), b: message('b', { type: 'array', items: [text, text] }) })
    const api = createApi(document)
    assert.equal([...api.events.keys()], ['say', 'say:2'])
    assert.equal(
      api.namespaces[0]?.events.map(({ name, args }) => [name, args.length]),
      [
        ['a', 1],
        ['b', 2],
      ],
    )
  })

  it('shows an operation whose messages are not described', () => {
    const [event] = createApi(foreign({})).namespaces[0]?.events ?? []
    assert.equal([event?.id, event?.name, event?.args], ['say', 'say', []])
  })

  it('shows a payload that is any number of arguments as such', () => {
    const payload = { type: 'array', additionalItems: { type: 'integer' } }
    const event = createApi(foreign({ a: message('a', payload) })).events.get('say')
    assert.equal([event?.args, event?.rest], [[], { type: 'integer' }])
  })

  it('fills the variables of a server in where they have a default', () => {
    const variables = { region: { default: 'eu' }, port: { default: '81' }, path: { enum: ['a'] } }
    const server = { protocol: 'wss', host: '{region}.example.org:{port}', pathname: '/{region}/{path}/{}', variables }
    const [shown] = createApi(jsonOf({ ...foreign({}), servers: { one: server } })).servers
    assert.equal([shown?.address, shown?.path], ['wss://eu.example.org:81', '/eu/{path}/{}'])
  })
})

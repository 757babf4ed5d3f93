import { event, router, type Limit, type Router } from '@ackwire/core'
import { document, type DocumentOptions } from '@ackwire/docs'
import { diff, jsonOf } from '@ackwire/docs/tooling'
import { type TSchema, Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { corpus, options as corpusOptions } from '../../docs/test/corpus.js'
import { contractOf, createFolder } from './ackwire.js'

const timeoutMs = 300_000
const NAMES = { breaking: '!', compatible: '+', documentation: '.' } as const

/** The options of a comparison: `other` are those of the second contract, if they differ. */
interface Compared {
  readonly options?: DocumentOptions
  readonly strict?: boolean
  readonly other?: DocumentOptions
}

/** Returns each change as a line: its class, place, part and description. */
const changes = (
  before: Router,
  after: Router,
  { options = {}, strict = false, other = options }: Compared = {},
): string[] =>
  diff(jsonOf(document(before, options)), jsonOf(document(after, other)), { strict }).map(change =>
    `${NAMES[change.class]} ${change.where} ${change.part}: ${change.what}`.replace('  ', ' '),
  )

const { String: Text, Integer, Object: Obj, Optional, Union, Literal, Array: List } = Type
const a = Obj({ a: Text() })
const ab = Obj({ a: Text(), b: Integer() })
const abMaybe = Obj({ a: Text(), b: Optional(Integer()) })
const input = (...schemas: TSchema[]) => router({ e: event.input(...schemas) })
const limited = (limit: Limit) => router({ e: event.input().limit(limit) })
const output = (...schemas: TSchema[]) => router({ e: event.output(...schemas) })
const ack = (schema: TSchema) => router({ e: event.input().ack(schema) })
const answered = (schema: TSchema) => router({ e: event.output().ack(schema) })
const pattern = (text: string) => Text({ pattern: text })

const stream = (item: TSchema, value: TSchema = Integer()) => router({ e: event.input().stream(item).ack(value) })

/** Before, after, and what is said about it. */
const CASES: Readonly<Record<string, readonly [before: Router, after: Router, said: readonly string[]]>> = {
  // Streams
  'an answer becomes a stream': [ack(Integer()), stream(Text()), ['! / e stream: is added']],
  'a stream becomes an answer': [stream(Text()), ack(Integer()), ['! / e stream: is removed']],
  'the items of a stream lose a property': [stream(ab), stream(a), ['! / e stream.b: is no longer required']],
  'the items of a stream gain a property': [stream(a), stream(ab), ['+ / e stream.b: is now required']],
  'a stream has another final value': [stream(a), stream(a, Type.Number()), ['! / e ack: type: integer → number']],
  'a stream that stays the same': [stream(ab), stream(ab), []],
  // What peers send
  'an input asks for one more property': [input(a), input(ab), ['! / e input[0].b: is now required']],
  'an input takes one more property': [input(a), input(abMaybe), ['+ / e input[0].b: is added']],
  'an input no longer asks for a property': [input(ab), input(abMaybe), ['+ / e input[0].b: is no longer required']],
  'an input is narrowed': [input(Text()), input(Text({ maxLength: 5 })), ['! / e input[0]: maxLength: any → 5']],
  'an input is widened': [
    input(Text({ maxLength: 5 })),
    input(Text({ maxLength: 9 })),
    ['+ / e input[0]: maxLength: 5 → 9'],
  ],
  'a trace context may follow': [
    input(Text()),
    router({ e: event.input(Text()) }, { traceContext: true }),
    ['+ / e trace context: is now accepted'],
  ],
  'a trace context may follow no more': [
    router({ e: event.input(Text()) }, { traceContext: true }),
    input(Text()),
    ['! / e trace context: is no longer accepted'],
  ],
  'an input has another type': [input(Text()), input(Integer()), ['! / e input[0]: type: string → integer']],
  'an input loses a value': [
    input(Union([Literal('x'), Literal('y')])),
    input(Literal('x')),
    ['! / e input[0]: no longer allows y'],
  ],
  'an input gains a value': [
    input(Literal('x')),
    input(Union([Literal('x'), Literal('y')])),
    ['+ / e input[0]: now allows y'],
  ],
  'an input is closed': [
    input(abMaybe),
    input(Obj({ a: Text(), b: Optional(Integer()) }, { additionalProperties: false })),
    ['+ / e input: is written differently'],
  ],
  'a closed input loses a property': [
    input(abMaybe),
    input(Obj({ a: Text() }, { additionalProperties: false })),
    ['! / e input[0].b: is removed'],
  ],
  'bytes become a text': [input(Type.Uint8Array()), input(Text()), ['! / e input[0]: format: binary → text']],
  'a pattern changes': [input(pattern('^a')), input(pattern('^a.')), ['! / e input[0]: pattern: ^a → ^a.']],
  'a limit is declared': [
    input(),
    limited({ inFlight: { perSocket: 2 }, maxBytes: 10 }),
    ['! / e limit.inFlight.perSocket: any → 2', '! / e limit.maxBytes: any → 10'],
  ],
  'a limit is lifted': [limited({ maxBytes: 10 }), input(), ['+ / e limit.maxBytes: 10 → any']],
  'a limit is tighter in one way and wider in another': [
    limited({ inFlight: { total: 9 }, maxBytes: 10 }),
    limited({ inFlight: { total: 10 }, maxBytes: 9 }),
    ['! / e limit.maxBytes: 10 → 9', '+ / e limit.inFlight.total: 9 → 10'],
  ],
  'a rate is lower, in the long run or at once': [
    limited({ rate: { perSocket: { calls: 60, seconds: 60 }, perUser: { calls: 10, seconds: 1 } } }),
    limited({ rate: { perSocket: { calls: 60, seconds: 61 }, perUser: { calls: 9, seconds: 1 } } }),
    ['! / e limit.rate.perSocket: 60 in 60 s → 60 in 61 s', '! / e limit.rate.perUser: 10 in 1 s → 9 in 1 s'],
  ],
  'a rate is higher': [
    limited({ rate: { total: { calls: 60, seconds: 60 } } }),
    limited({ rate: { total: { calls: 60, seconds: 6 } } }),
    ['+ / e limit.rate.total: 60 in 60 s → 60 in 6 s'],
  ],
  'limits of a namespace and of a group are tighter': [
    router({ g: router({ e: event.input() }) }, { limit: { maxBytes: 10 } }),
    router({ g: router({ e: event.input() }, { limit: { maxBytes: 5 } }) }, { limit: { maxBytes: 9 } }),
    ['! / limit.maxBytes: 10 → 9', '! / g limit.maxBytes: any → 5'],
  ],
  'a default is filled in now': [
    input(ab),
    input(Obj({ a: Text(), b: Integer({ default: 1 }) })),
    ['+ / e input[0].b: is no longer required'],
  ],
  // What peers receive
  'an output loses a property': [output(ab), output(a), ['! / e output[0].b: is no longer required']],
  'an output may lack a property': [output(ab), output(abMaybe), ['! / e output[0].b: is no longer required']],
  'an output gains a property': [output(a), output(ab), ['+ / e output[0].b: is now required']],
  'an input is narrowed by its bytes': [
    input(Text()),
    input(Text({ maxByteLength: 5 })),
    ['! / e input[0]: x-maxByteLength: any → 5'],
  ],
  'an input takes more bytes': [
    input(Text({ maxByteLength: 5 })),
    input(Text({ maxByteLength: 9 })),
    ['+ / e input[0]: x-maxByteLength: 5 → 9'],
  ],
  'an output is narrowed': [output(Text()), output(Text({ maxLength: 5 })), ['+ / e output[0]: maxLength: any → 5']],
  'an output is widened': [output(Text({ maxLength: 5 })), output(Text()), ['! / e output[0]: maxLength: 5 → any']],
  'an output gains a value': [
    output(Literal('x')),
    output(Union([Literal('x'), Literal('y')])),
    ['! / e output[0]: now allows y'],
  ],
  'an output may be null': [
    output(Text()),
    output(Union([Text(), Type.Null()])),
    ['! / e output[0]: type: string → string | null', '. / e examples: changed'],
  ],
  // Acknowledgements
  'an ack is added to an input': [input(), router({ e: event.input().ack() }), ['+ / e ack: is added']],
  'an ack is taken from an input': [router({ e: event.input().ack() }), input(), ['! / e ack: is removed']],
  'an ack is widened': [ack(Integer()), ack(Type.Number()), ['! / e ack: type: integer → number']],
  'an ack is narrowed': [ack(Type.Number()), ack(Integer()), ['+ / e ack: type: number → integer']],
  'a receipt becomes a value': [router({ e: event.input().ack() }), ack(Text()), ['! / e ack: now has a value']],
  'a value becomes a receipt': [ack(Text()), router({ e: event.input().ack() }), ['! / e ack: no longer has a value']],
  'a client has to answer now': [output(), router({ e: event.output().ack() }), ['! / e ack: is added']],
  'a client’s answer is widened': [answered(Integer()), answered(Type.Number()), ['+ / e ack: type: integer → number']],
  'a client’s answer is narrowed': [
    answered(Type.Number()),
    answered(Integer()),
    ['! / e ack: type: number → integer'],
  ],
  // Errors
  'an error gets data': [
    router({ e: event.input().ack().errors({ GONE: Type.Undefined() }) }),
    router({ e: event.input().ack().errors({ GONE: Integer() }) }),
    ['! / e errors.GONE.data: is added'],
  ],
  'an error is added': [
    ack(Text()),
    router({ e: event.input().ack(Text()).errors({ GONE: Type.Void() }) }),
    ['! / e errors.GONE: is added'],
  ],
  'an error is removed': [
    router({ e: event.input().ack(Text()).errors({ GONE: Type.Void() }) }),
    ack(Text()),
    ['+ / e errors.GONE: is removed'],
  ],
  'a client may no longer answer with an error': [
    router({ e: event.output().ack(Text()).errors({ GONE: Type.Void() }) }),
    router({ e: event.output().ack(Text()) }),
    ['! / e errors.GONE: is removed'],
  ],
  'a client may answer with one more error': [
    router({ e: event.output().ack(Text()) }),
    router({ e: event.output().ack(Text()).errors({ GONE: Type.Void() }) }),
    ['+ / e errors.GONE: is added'],
  ],
  'an ack is required': [
    router({ e: event.input().ack(Text()) }),
    router({ e: event.input().ack(Text(), { required: true }) }),
    ['! / e ack: is now required'],
  ],
  'an ack is no longer required': [
    router({ e: event.input().ack({ required: true }) }),
    router({ e: event.input().ack() }),
    ['+ / e ack: is no longer required'],
  ],
  'a required ack is added': [
    router({ e: event.input() }),
    router({ e: event.input().ack({ required: true }) }),
    ['! / e ack: is now required', '+ / e ack: is added'],
  ],
  'an error’s data changes': [
    router({ e: event.input().ack().errors({ GONE: a }) }),
    router({ e: event.input().ack().errors({ GONE: Type.Void() }) }),
    ['! / e errors.GONE.data: is no longer required'],
  ],
  // How many arguments
  'an argument is added': [input(Text()), input(Text(), Text()), ['! / e input: required arguments: 1 → 2']],
  'an optional argument is added': [input(Text()), input(Text(), Optional(Text())), ['+ / e input: arguments: 1 → 2']],
  'an argument becomes optional': [
    input(Text(), Text()),
    input(Text(), Optional(Text())),
    ['+ / e input: required arguments: 2 → 1'],
  ],
  'an argument is taken away': [input(Text(), Text()), input(Text()), ['! / e input: arguments: 2 → 1']],
  'any number may follow': [
    input(Text()),
    router({ e: event.input(Text()).rest(Integer()) }),
    ['+ / e input: arguments: 1 → any number'],
  ],
  'none may follow any more': [
    router({ e: event.input(Text()).rest(Integer()) }),
    input(Text()),
    ['! / e input: arguments: any number → 1'],
  ],
  'what follows changes': [
    router({ e: event.input().rest(Integer()) }),
    router({ e: event.input().rest(Text()) }),
    ['! / e input[]: type: integer → string'],
  ],
  'the one argument is a list': [
    input(List(Text())),
    input(List(Integer())),
    ['! / e input[0][]: type: string → integer'],
  ],
  // Events and namespaces
  'an input is added': [router({}), input(), ['+ / namespace: is added']],
  'events come and go': [
    router({ old: event.input(), was: event.output() }),
    router({ fresh: event.input(), told: event.output(), asked: event.output().ack() }),
    [
      '! / old input: is removed',
      '! / was output: is removed',
      '! / asked output: is added',
      '+ / fresh input: is added',
      '+ / told output: is added',
    ],
  ],
  'a direction is turned': [input(Text()), output(Text()), ['! / e input: is removed', '+ / e output: is added']],
  'a namespace is removed': [
    router({ '/x': router({ e: event.input() }) }),
    router({}),
    ['! /x namespace: is removed'],
  ],
  'a parameter has another name': [
    router({ '/g-{id}': router({ e: event.input() }) }),
    router({ '/g-{key}': router({ e: event.input() }) }),
    ['+ /g-{key} {id}: is renamed'],
  ],
  'auth is asked for': [input(), router({ e: event.input() }, { auth: a }), ['! / auth: is now required']],
  'auth is no longer asked for': [
    router({ e: event.input() }, { auth: a }),
    input(),
    ['+ / auth: is no longer required'],
  ],
  'auth asks for more': [
    router({ e: event.input() }, { auth: a }),
    router({ e: event.input() }, { auth: ab }),
    ['! / auth.b: is now required'],
  ],
  // Words
  'only words differ': [
    input(Text({ description: 'one' })),
    router(
      { e: event.input(Text({ description: 'two' })).describe({ summary: 'New', deprecated: true }) },
      { description: 'Root' },
    ),
    [
      '. / e input: its description, title or examples changed',
      '. / e deprecated: is now deprecated',
      '. / e summary: changed',
      '. / description: changed',
      '. info.description: changed',
    ],
  ],
  'nothing differs': [corpus, corpus, []],
}

describe('ackwire diff', it => {
  for (const [what, [before, after, said]] of Object.entries(CASES)) {
    it(`classifies: ${what}`, () => {
      const options = before === corpus ? corpusOptions : {}
      assert.equal(changes(before, after, { options }), said)
    })
  }

  it('considers undeclared properties only with strict', () => {
    assert.equal(changes(input(a), input(abMaybe)), ['+ / e input[0].b: is added'])
    assert.equal(changes(input(a), input(abMaybe), { strict: true }), ['! / e input[0].b: is added as optional'])
  })

  it('compares security', () => {
    const secured = (...security: string[]) => router({ e: event.input().describe({ security }) })
    const token = { type: 'http', scheme: 'bearer' } as const
    const schemes = { securitySchemes: { token, key: { type: 'httpApiKey', in: 'header', name: 'x-key' } as const } }
    const said = (before: Router, after: Router) => changes(before, after, { options: schemes })
    assert.equal(said(secured(), secured('token')), ['! / e security: token is now required'])
    assert.equal(said(secured('token'), secured()), ['+ / e security: is no longer required'])
    assert.equal(said(secured('token'), secured('token', 'key')), ['+ / e security: token or key now grants access'])
    assert.equal(said(secured('token', 'key'), secured('key')), ['! / e security: token no longer grants access'])
    const other = { securitySchemes: { ...schemes.securitySchemes, token: { type: 'http', scheme: 'basic' } as const } }
    assert.equal(changes(secured('token'), secured('token'), { options: schemes, other }), [
      '! / e security: token is now another scheme',
    ])
  })

  it('compares the addresses of servers', () => {
    const at = (host: string) => ({ servers: { main: { host } } })
    assert.equal(changes(input(), input(), { options: at('a.example'), other: at('b.example') }), [
      '! servers.main.host: a.example → b.example',
    ])
    assert.equal(changes(input(), input(), { options: at('a.example'), other: {} }), ['! servers.main: is removed'])
    assert.equal(changes(input(), input(), { other: at('a.example') }), ['+ servers.main: is added'])
  })

  it('compares transports, since existing clients may start with any', () => {
    const at = (...transports: ('polling' | 'websocket')[]) => ({
      servers: { main: { host: 'a.example', transports } },
    })
    const said = (one: DocumentOptions, other: DocumentOptions) => changes(input(), input(), { options: one, other })
    assert.equal(said(at('polling', 'websocket'), at('websocket')), [
      '! servers.main.transports: no longer has polling',
    ])
    assert.equal(said(at('websocket'), at('polling', 'websocket')), ['+ servers.main.transports: now has polling'])
  })

  it('accepts a new handshake with only optional properties', () => {
    const auth = Obj({ a: Optional(Text()) })
    assert.equal(changes(input(), router({ e: event.input() }, { auth })), ['+ / auth: is now accepted'])
    assert.equal(changes(input(), router({ e: event.input() }, { auth }), { strict: true }), [
      '! / auth: is now required',
    ])
  })

  it('compares all channels of one address', () => {
    const channels = (type: string) => ({
      asyncapi: '3.0.0',
      channels: Object.fromEntries(
        [type, 'string'].map((each, index) => [
          `c${index}`,
          { address: '/', messages: { m: { name: `m${index}`, payload: { type: each } } } },
        ]),
      ),
      operations: Object.fromEntries(
        [0, 1].map(index => [`o${index}`, { action: 'receive', channel: { $ref: `#/channels/c${index}` } }]),
      ),
    })
    const found = diff(channels('string'), channels('integer'), { strict: false })
    assert.equal(
      found.map(change => `${change.class} ${change.where}`),
      ['breaking / m0'],
    )
  })

  it('compares all messages of one name', () => {
    const forms = (key: string, ...types: string[]) => ({
      asyncapi: '2.6.0',
      channels: { '/': { [key]: { message: { oneOf: types.map(type => ({ name: 'm', payload: { type } })) } } } },
    })
    const said = (key: string, one: string[], other: string[]) =>
      diff(forms(key, ...one), forms(key, ...other), { strict: false }).map(change => `${change.class} ${change.what}`)
    assert.equal(said('publish', ['string', 'number'], ['boolean', 'number']), ['breaking type: string → boolean'])
    assert.equal(said('publish', ['string', 'number'], ['number', 'string']), [])
    assert.equal(said('publish', ['string', 'number'], ['number']), ['breaking no longer has this form'])
    assert.equal(said('publish', ['number'], ['string', 'number']), ['compatible now has another form'])
    assert.equal(said('subscribe', ['number'], ['string', 'number']), ['breaking now has another form'])
  })

  it('compares recursive schemas, and treats unproved changes as breaking', () => {
    const tree = (more: object) => Type.Recursive(This => Obj({ next: Optional(This), ...more }), { $id: 'Tree' })
    assert.equal(changes(input(tree({})), input(tree({ size: Optional(Integer()) }))), [
      '+ / e input[0].size: is added',
    ])
    assert.equal(changes(input(tree({})), input(tree({ size: Integer() }))), [
      '! / e input[0].size: is now required',
      '. / e examples: changed',
    ])
    const [change] = diff(jsonOf(document(input(pattern('^a')))), jsonOf(document(input(pattern('^(a)')))), {
      strict: false,
    })
    assert.equal(change?.why, 'not shown to be compatible, so it counts as breaking')
  })

  it('reads older dialects: a contract in 2.6 and in 3.0 has the same requirements', () => {
    const old = {
      asyncapi: '2.6.0',
      info: {},
      channels: {
        '/': { publish: { message: { name: 'e', payload: { type: 'string' }, 'x-ack': { type: 'integer' } } } },
      },
    }
    const api = router({ e: event.input(Text()).ack(Integer()) })
    const kinds = diff(old, jsonOf(document(api)), { strict: false }).map(change => change.class)
    assert.equal([...new Set(kinds)], ['documentation'])
  })

  it('prints a table or JSON, and fails for a breaking change', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({
      'old.ts': contractOf('e: event.input(Type.String())'),
      'new.ts': contractOf('e: event.input(Type.Integer())'),
    })
    await folder.ackwire('render', 'old.ts', '-o', 'old.yaml')
    const people = await folder.ackwire('diff', 'old.yaml', 'new.ts')
    assert.equal([people.code, people.err], [1, ''])
    assert.is(
      people.out,
      [
        ' class     where  part      change',
        ' breaking  / e    input[0]  type: string → integer',
        '',
        '1 breaking, 0 compatible, 0 docs only',
        '',
      ].join('\n'),
    )
    const machines = await folder.ackwire('diff', 'old.yaml', 'new.ts', '--json')
    assert.is(machines.code, 1)
    assert.equal(JSON.parse(machines.out), {
      breaking: true,
      counts: { breaking: 1, compatible: 0, documentation: 0 },
      changes: [{ class: 'breaking', where: '/ e', part: 'input[0]', what: 'type: string → integer' }],
    })
    const same = await folder.ackwire('diff', 'old.ts', 'old.yaml')
    assert.equal([same.code, same.out], [0, 'No differences.\n'])
  })

  it('prints colours only to a terminal', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({ 'old.ts': contractOf('e: event.input()'), 'new.ts': contractOf('') })
    const escape = '\u001B['
    for (const [env, isColoured] of [
      [{ FORCE_COLOR: '1' }, true],
      [{}, false],
      [{ NO_COLOR: '1' }, false],
    ] as const) {
      const { out } = await folder.spawn(['diff', 'old.ts', 'new.ts'], env)
      assert.is(out.includes(escape), isColoured, JSON.stringify(env))
    }
  })
})

describe('ackwire check', it => {
  it('prints one line on success, and the difference otherwise', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({ 'contract.ts': contractOf('e: event.input(Type.String())') })
    await folder.ackwire('render', 'contract.ts', '-o', 'a.yaml')
    await folder.ackwire('render', 'contract.ts', '-o', 'a.json')
    for (const file of ['a.yaml', 'a.json']) {
      const { code, out, err } = await folder.ackwire('check', 'contract.ts', file)
      assert.equal([code, out, err], [0, '', `${file} matches contract.ts\n`])
    }
    folder.write({ 'contract.ts': contractOf('e: event.input(Type.Integer())') })
    const { code, out, err } = await folder.ackwire('check', 'contract.ts', 'a.yaml')
    assert.is(code, 1)
    assert.match(out, /^--- a\.yaml\tcommitted\n\+\+\+ contract\.ts\trendered\n@@ /)
    assert.equal(
      out
        .split('\n')
        .filter(line => /^[-+] /.test(line))
        .map(line => line.replace(/ +/, ' ')),
      ['- type: string', '+ type: integer'],
    )
    assert.match(err, /update it: ackwire render contract\.ts -o a\.yaml\n$/)
  })

  it('ignores the formatting', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({ 'contract.ts': contractOf('e: event.input()') })
    const { out } = await folder.ackwire('render', 'contract.ts', '-f', 'json')
    const { info, ...rest } = JSON.parse(out) as Record<string, unknown>
    folder.write({ 'a.yaml': `# formatted\n${JSON.stringify({ ...rest, info })}` })
    assert.is((await folder.ackwire('check', 'contract.ts', 'a.yaml')).code, 0)
  })
})

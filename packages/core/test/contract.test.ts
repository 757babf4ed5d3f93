import { event, router, type Event, type Router, type RouterEntries, type RouterOptions } from '@ackwire/core'
import { FormatRegistry, Kind, Type, type TSchema } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const text = Type.String()
const count = Type.Integer()

/** A module whose definition A holds its definition B. */
const module = (b: TSchema) => Type.Module({ A: Type.Object({ b: Type.Ref('B') }), B: b })

describe('an event', it => {
  it('begins with its direction and the schema of each argument only', () => {
    const { '~event': none } = event.input()
    assert.equal(none, {
      direction: 'input',
      args: [],
      required: 0,
      rest: undefined,
      ack: undefined,
      stream: undefined,
      errors: {},
      limit: undefined,
      description: {},
    })
    const { '~event': two } = event.output(text, count)
    assert.is(two.direction, 'output')
    assert.is(two.args.length, 2)
    assert.is(two.args[0], text)
    assert.is(two.args[1], count)
  })

  it('has no ack, an empty one or one with a schema', () => {
    assert.is(event.input()['~event'].ack, undefined)
    assert.equal(event.input().ack()['~event'].ack, { schema: undefined })
    assert.is(event.output(text).ack(count)['~event'].ack?.schema, count)
  })

  it('has its own errors, in one call or several', () => {
    const taken = event.input().ack().errors({ TAKEN: text, GONE: Type.Null() })
    assert.equal(Object.keys(taken['~event'].errors), ['TAKEN', 'GONE'])
    assert.is(taken['~event'].errors['TAKEN'], text)
    const more = taken.errors({ FULL: count })
    assert.equal(Object.keys(more['~event'].errors), ['TAKEN', 'GONE', 'FULL'])
  })

  it('is described by a summary or by an object, in one call or several', () => {
    assert.equal(event.input().describe('Sign up')['~event'].description, { summary: 'Sign up' })
    const said = { summary: 'Sign up', tags: ['users'], deprecated: true, examples: [{ payload: 1 }] }
    assert.equal(event.input().describe(said)['~event'].description, said)
    const twice = event.input().describe(said).describe('Register').describe({ description: 'Once.' })
    assert.equal(twice['~event'].description, { ...said, summary: 'Register', description: 'Once.' })
  })

  it('has the same parts in any order of the calls', () => {
    const one = event.input(text).ack(count).errors({ TAKEN: text }).describe('Sign up')
    const other = event.input(text).describe('Sign up').errors({ TAKEN: text }).ack(count)
    assert.equal(one['~event'], other['~event'])
    assert.is(one['~event'].ack?.schema, count)
    assert.is(one['~event'].args[0], text)
  })

  it('is never changed: each method returns a new one', () => {
    const first = event.input(text)
    const variants: readonly Event[] = [first.ack(), first.ack(count), first.errors({ A: text }), first.describe('x')]
    for (const variant of variants) assert.is.not(variant['~event'], first['~event'])
    assert.equal(first['~event'], event.input(text)['~event'])
    const answered = first.ack()
    answered.errors({ TAKEN: text })
    assert.equal(answered['~event'], first.ack()['~event'])
  })

  it('is frozen in all its parts', () => {
    const { '~event': data } = event.input(text).ack(count).errors({ TAKEN: text }).describe({ summary: 'x' })
    assert.ok(Object.isFrozen(event))
    assert.ok(Object.isFrozen(event.input(text)))
    for (const part of [data, data.args, data.ack, data.errors, data.description]) assert.ok(Object.isFrozen(part))
    const { '~event': bare } = event.output()
    for (const part of [bare, bare.args, bare.errors, bare.description]) assert.ok(Object.isFrozen(part))
  })

  it('does not change the objects that it is given, and is not changed with them', () => {
    const schema = Type.Object({ name: Type.String() })
    const errors: Record<string, TSchema> = { TAKEN: text }
    const description = { summary: 'Sign up', tags: ['users'] }
    const made = event.input(schema).ack(schema).errors(errors).describe(description)
    router({ made })
    for (const own of [schema, schema.properties, errors, description, description.tags])
      assert.not(Object.isFrozen(own))
    errors['LATER'] = text
    description.summary = 'changed'
    assert.equal(Object.keys(made['~event'].errors), ['TAKEN'])
    assert.is(made['~event'].description.summary, 'Sign up')
  })

  it('has one ack', () => {
    const again = /^ackwire: \.ack: the event already has one; use a union/
    assert.throws(() => event.input().ack().ack(text), again)
    assert.throws(() => event.output().ack(text).ack(), again)
  })
})

const places = (api: Router) =>
  api['~router'].namespaces.map(({ name, events }) => [name, events.map(({ keys, name }) => [name, keys.join(' ')])])

describe('a router', it => {
  it('is data: its entries, its options and a table of events for each namespace, the root first', () => {
    const ban = event.input(count)
    const admin = router({ ban, log: router({ tail: event.output(text) }) }, { description: 'Admins' })
    const api = router({ '/admin': admin, '/game-{id}': router({}), ping: event.input().ack() }, { tags: ['v1'] })
    assert.is(api['~router'].entries['/admin'], admin)
    assert.equal(api['~router'].options, { tags: ['v1'] })
    assert.equal(places(api), [
      ['/', [['ping', 'ping']]],
      [
        '/admin',
        [
          ['ban', 'ban'],
          ['log:tail', 'log tail'],
        ],
      ],
      ['/game-{id}', []],
    ])
    assert.equal(api['~router'].namespaces[0]?.options, { tags: ['v1'] })
    assert.equal(api['~router'].namespaces[1]?.options, { description: 'Admins' })
    assert.is(api['~router'].namespaces[1]?.events[0]?.args[0], count)
  })

  it('is a group inside another router, at any depth', () => {
    const list = router({ add: event.input(text) }, { tags: ['lists'] })
    const api = router({
      todo: router({ list, clear: event.output() }, { description: 'To do' }),
      clear: event.input(),
    })
    assert.equal(places(api), [
      [
        '/',
        [
          ['todo:list:add', 'todo list add'],
          ['todo:clear', 'todo clear'],
          ['clear', 'clear'],
        ],
      ],
    ])
    const [add, , clear] = api['~router'].namespaces[0]?.events ?? []
    assert.equal(add?.groups, [{ description: 'To do' }, { tags: ['lists'] }])
    assert.equal(clear?.groups, [])
  })

  it('has options for a namespace, and auth is a schema', () => {
    const auth = Type.Object({ token: Type.String() })
    const rest = { description: 'd', tags: ['t', { name: 'u' }], externalDocs: { url: 'https://a' }, security: ['s'] }
    const admin = router({}, { auth, ...rest })
    const api = router({ '/admin': admin }, { auth: text })
    assert.is(api['~router'].options.auth, text)
    assert.is(api['~router'].namespaces[1]?.options.auth, auth)
    assert.equal(admin['~router'].options, { auth, ...rest })
  })

  it('may be used in several places, and be empty', () => {
    const shared = router({ ping: event.input() })
    assert.equal(places(router({ a: shared, b: shared, '/c': shared })), [
      [
        '/',
        [
          ['a:ping', 'a ping'],
          ['b:ping', 'b ping'],
        ],
      ],
      ['/c', [['ping', 'ping']]],
    ])
    assert.equal(places(router({ nothing: router({}) })), [['/', []]])
  })

  it('accepts one name in both directions, and in two namespaces', () => {
    const api = router({
      'todo:done': event.input(),
      todo: router({ done: event.output() }),
      '/admin': router({ 'todo:done': event.input() }),
    })
    assert.is(api['~router'].namespaces.flatMap(({ events }) => events).length, 3)
  })

  it('accepts names of properties of Object.prototype', () => {
    const api = router({ constructor: event.input(), hasOwnProperty: event.output(), ['__proto__']: event.input() })
    assert.equal(
      api['~router'].namespaces[0]?.events.map(({ name }) => name),
      ['constructor', 'hasOwnProperty', '__proto__'],
    )
    assert.ok(Object.hasOwn(api['~router'].entries, '__proto__'))
  })

  it('accepts entries without a prototype, frozen ones, and those of a module', () => {
    const entries: RouterEntries = Object.assign(Object.create(null), { ping: event.input() })
    assert.equal(places(router(Object.freeze(entries))), [['/', [['ping', 'ping']]]])
  })

  it('is frozen', () => {
    const api = router({ ping: event.input(), todo: router({ add: event.input() }), '/admin': router({}) }, {})
    const data = api['~router']
    for (const part of [api, data, data.entries, data.options, data.namespaces]) assert.ok(Object.isFrozen(part))
    for (const namespace of data.namespaces) {
      for (const part of [namespace, namespace.events, ...namespace.events]) assert.ok(Object.isFrozen(part))
    }
  })

  it('does not change the objects that it is given, and is not changed with them', () => {
    const entries: Record<string, Event> = { ping: event.input() }
    const options = { description: 'mine', tags: ['a'], auth: Type.Object({}) }
    const api = router(entries, options)
    for (const own of [entries, options, options.tags, options.auth]) assert.not(Object.isFrozen(own))
    entries['later'] = event.input()
    options.description = 'changed'
    assert.equal(Object.keys(api['~router'].entries), ['ping'])
    assert.is(api['~router'].namespaces[0]?.events.length, 1)
    assert.is(api['~router'].options.description, 'mine')
  })
})

/** Untyped, as a mistake in JavaScript comes. */
const define = (entries: unknown, options?: unknown): Router =>
  router(entries as RouterEntries, options as RouterOptions | undefined)

const input = (schema: unknown): Router => router({ add: event.input(schema as TSchema) })
const ack = (schema: unknown): Router => router({ add: event.input().ack(schema as TSchema) })
const withErrors = (errors: unknown): Router =>
  router({
    add: event
      .input()
      .ack()
      .errors(errors as Record<string, TSchema>),
  })
const withEnvelope = Type.Object({ $error: text })

/** Returns the message with which a mistake is refused. */
const refusal = (mistake: () => unknown): string => {
  try {
    mistake()
  } catch (error) {
    return error instanceof TypeError ? error.message : `no TypeError: ${String(error)}`
  }
  return 'not refused'
}

type Row = readonly [title: string, mistake: () => unknown, path: string, ...says: string[]]

const RESERVED = [
  'connect',
  'connection',
  'connect_error',
  'disconnect',
  'disconnecting',
  'error',
  'newListener',
  'removeListener',
  'new_namespace',
]

const UNSENDABLE: readonly TSchema[] = [
  Type.Argument(0),
  Type.AsyncIterator(text),
  Type.BigInt(),
  Type.Constructor([], text),
  Type.Function([], text),
  Type.Iterator(text),
  Type.Promise(text),
  Type.Symbol(),
]

/** A title, the mistake, and what the message must have: the path, what came, and what to do. */
const TABLE: readonly Row[] = [
  // Names
  ...RESERVED.map((name): Row => [
    `the event ${name}`,
    () => define({ [name]: event.input() }),
    name,
    `"${name}" is reserved by Socket.IO`,
    'choose another name',
  ]),
  [
    'a group with a reserved name',
    () => define({ connection: router({}) }),
    'connection',
    '"connection" is reserved by Socket.IO',
  ],
  ...['then', 'toJSON', 'apply', 'bind', 'call', 'toString', 'valueOf'].flatMap((name): Row[] => [
    [
      `the event ${name}`,
      () => define({ [name]: event.output() }),
      name,
      `"${name}" is a property that JavaScript itself reads`,
      'choose another name',
    ],
    [
      `a group called ${name}`,
      () => define({ [name]: router({}) }),
      name,
      `"${name}" is a property that JavaScript itself reads`,
    ],
  ]),
  ['an empty name', () => define({ '': event.input() }), '""', 'the name is empty', 'give the event a name'],

  // Clashes
  [
    'a key that is what a group flattens to',
    () => define({ 'todo:create': event.input(), todo: router({ create: event.input() }) }),
    'todo.create',
    '"todo:create", which is the name of todo:create already',
    'rename one',
  ],
  [
    'a group that flattens to what a key is',
    () => define({ todo: router({ create: event.input() }), 'todo:create': event.input() }),
    'todo:create',
    '"todo:create", which is the name of todo.create already',
    'rename one',
  ],
  [
    'two groups that flatten to one name',
    () => define({ a: router({ 'b:c': event.output() }), 'a:b': router({ c: event.output() }) }),
    'a:b.c',
    '"a:b:c", which is the name of a.b:c already',
  ],
  [
    'a clash in a namespace',
    () => define({ '/n': router({ 'a:b': event.input(), a: router({ b: event.input() }) }) }),
    'a.b',
    '"a:b", which is the name of a:b already',
  ],

  // Entries
  ...(
    [
      [undefined, 'undefined'],
      [null, 'null'],
      [1, 'a number'],
      ['ping', 'a string'],
      [[], 'an array'],
      [event.input, 'a function'],
      [{ ping: event.input() }, 'an object', 'a bare object'],
      [text, 'a TypeBox schema', 'a schema'],
    ] as const
  ).map(([entry, came, what = came]): Row => [
    `an entry that is ${what} and no event`,
    () => define({ todo: entry }),
    'todo',
    'expected event.input(…), event.output(…) or router({ … })',
    `got ${came}`,
  ]),
  ...(
    [
      [undefined, 'undefined'],
      [null, 'null'],
      ['ping', 'a string'],
      [[event.input()], 'an array'],
      [() => ({}), 'a function'],
      [new Map([['ping', event.input()]]), 'an object', 'a Map'],
      [Object.create({ ping: event.input() }), 'an object', 'an object that inherits'],
      [Object.create(Object.create(null)), 'an object that inherits', 'an object without a constructor'],
      [
        new (class {
          ping = event.input()
        })(),
        'an object',
        'an instance of a class',
      ],
    ] as const
  ).map(([entries, came, what = came]): Row => [
    `entries that are ${what}, not an object literal`,
    () => define(entries),
    'router',
    'expected an object literal of events and routers',
    `got ${came}`,
  ]),
  [
    'an entry that is hidden in a prototype',
    () => define({ ping: event.input(), __proto__: { hidden: event.input() } }),
    'router',
    'expected an object literal of events and routers',
  ],
  [
    'an event for the entries',
    () => define(event.input()),
    'router',
    'expected an object literal of events and routers, got an event',
  ],

  // Namespaces
  [
    'the root as a key',
    () => define({ '/': router({}) }),
    '/',
    'the root namespace is the contract itself',
    'move these entries up',
  ],
  ...['/a?b', '/a#b', '/a,b', '/a b', '/a\tb'].map((name): Row => [
    `a namespace called ${JSON.stringify(name)}`,
    () => define({ [name]: router({}) }),
    name,
    'a namespace can\'t have "?", "#", "," or white space in its name',
  ]),
  ...['/{', '/}', '/game-{}', '/game-{i-d}', '/{{id}}', '/{id'].map((name): Row => [
    `a namespace called ${name}`,
    () => define({ [name]: router({}) }),
    name,
    'a parameter of a namespace is a word in braces, such as "/game-{id}"',
  ]),
  ...(
    [
      [event.input(), 'an event', 'an event'],
      [{ ban: event.input() }, 'an object', 'a bare object'],
      [null, 'null', 'null'],
    ] as const
  ).map(([entry, came, what]): Row => [
    `a namespace that is ${what} and no router`,
    () => define({ '/admin': entry }),
    '/admin',
    'a key with a slash names a namespace; expected router({ … })',
    `got ${came}`,
  ]),
  [
    'a namespace in a group',
    () => define({ todo: router({ '/admin': router({}) }) }),
    'todo./admin',
    'a namespace must be at the top of the contract, not inside a group; move it up',
  ],
  [
    'a namespace in a group in a group',
    () => define({ a: router({ b: router({ '/admin': router({}) }) }) }),
    'b./admin',
    'not inside a group',
  ],
  [
    'a namespace in a namespace',
    () => define({ '/admin': router({ '/inner': router({}) }) }),
    '/admin./inner',
    'a namespace must be at the top of the contract, not inside another; move it up',
  ],
  [
    'auth on a group',
    () => define({ todo: router({}, { auth: text }) }),
    'todo',
    'auth applies to a namespace, and this is a group',
    'begin its key with a slash, or move auth up',
  ],
  [
    'auth that is no schema',
    () => define({}, { auth: { token: 'string' } }),
    'auth',
    'expected a TypeBox schema such as Type.String(), got an object',
  ],

  // Parameters
  ...(
    [
      [Type.Integer(), 'Type.Integer()'],
      [Type.Any(), 'Type.Any()'],
      [Type.Literal(5), 'Type.Literal(5)'],
      [Type.Union([text, Type.Null()]), 'Type.Union()'],
      [Type.Intersect([Type.Integer()]), 'Type.Integer()'],
      [Type.Unsafe({ enum: ['a', 1] }), 'Type.Unsafe()'],
      [Type.Transform(Type.Integer()).Decode(String).Encode(Number), 'Type.Integer()'],
      [Type.Module({ A: Type.Union([Type.Ref('B'), text]), B: Type.Boolean() }).Import('A'), 'Type.Import()'],
    ] as const
  ).map(([schema, kind]): Row => {
    const mistake = () => define({ '/game-{id}': router({}, { params: Type.Object({ id: schema }) }) })
    return [
      `a parameter that is ${kind}, and no text`,
      mistake,
      'params.id',
      "expected a schema of strings, since a parameter is part of the namespace's name",
      `got ${kind}`,
    ]
  }),
  [
    'a parameter that is optional',
    () => router({}, { params: Type.Object({ id: Type.Optional(text) }) }),
    'params.id',
    "a parameter is part of the namespace's name",
    'leave out Type.Optional',
  ],
  [
    'parameters that are no object',
    () => router({}, { params: JSON.parse('{}') }),
    'params',
    'expected a TypeBox schema',
    'got an object',
  ],
  [
    'parameters that are a string',
    () => Reflect.apply(router, undefined, [{}, { params: text }]),
    'params',
    'expected Type.Object({ … }) with a property for each parameter, got Type.String()',
  ],
  [
    'parameters that are transformed together',
    () =>
      router(
        {},
        {
          params: Type.Transform(Type.Object({ id: text }))
            .Decode(String)
            .Encode(id => ({ id })) as never,
        },
      ),
    'params',
    'transform each one by itself',
  ],
  [
    'parameters without a schema',
    () => define({ '/game-{id}-{a}-{b}': router({}, { params: Type.Object({ id: text }) }) }),
    '/game-{id}-{a}-{b} params',
    'there is no schema for a, b; each parameter needs one',
  ],
  [
    'a schema without its parameter',
    () => define({ '/game-{id}': router({}, { params: Type.Object({ id: text, seat: text }) }) }),
    '/game-{id} params',
    'the namespace has no parameter seat; it has id',
  ],
  [
    'parameters of a namespace that has none',
    () => define({ '/admin': router({}, { params: Type.Object({}) }) }),
    '/admin params',
    'the namespace has no parameters; leave params out',
  ],
  [
    'parameters of a group',
    () => define({ todo: router({}, { params: Type.Object({}) }) }),
    'todo',
    'params belong to a namespace, and this is a group',
  ],

  // Schemas
  ...(
    [
      [undefined, 'undefined'],
      [null, 'null'],
      [String, 'a function'],
      [Type.String, 'a function'],
      [[text], 'an array'],
      [{ type: 'string' }, 'an object'],
    ] as const
  ).map(([schema, came]): Row => [
    `an argument that is ${came} and no schema`,
    () => input(schema),
    'add input[0]',
    `expected a TypeBox schema such as Type.String(), got ${came}`,
  ]),
  [
    'the second of two arguments',
    () => define({ move: event.output(count, 'x' as unknown as TSchema) }),
    'move output[1]',
    'got a string',
  ],
  ['an ack that is no schema', () => ack({ type: 'string' }), 'add ack', 'expected a TypeBox schema'],
  ['an error that is no schema', () => withErrors({ FULL: 'x' }), 'add errors.FULL', 'got a string'],
  [
    'a property that is no schema',
    () => input(Type.Object({ name: { type: 'string' } as unknown as TSchema })),
    'add input[0].name',
    'expected a TypeBox schema',
  ],
  ...UNSENDABLE.map((schema): Row => [
    `a ${String(schema[Kind])} as an argument`,
    () => input(schema),
    'add input[0]',
    `Type.${String(schema[Kind])}() can't travel over Socket.IO`,
    'use a type that JSON or binary can carry',
  ]),
  ...(
    [
      ['a property', Type.Object({ id: Type.BigInt() }), '.id'],
      ['an item', Type.Array(Type.BigInt()), '.items'],
      ['an item of a tuple', Type.Tuple([text, Type.BigInt()]), '.items[1]'],
      ['a member of a union', Type.Union([text, Type.BigInt()]), '.anyOf[1]'],
      [
        'a part of an intersection',
        Type.Intersect([Type.Object({ id: Type.BigInt() }), Type.Object({})]),
        '.allOf[0].id',
      ],
      ['what is excluded', Type.Not(Type.BigInt()), '.not'],
      ['what is contained', Type.Array(text, { contains: Type.BigInt() }), '.contains'],
      ['a value of a record', Type.Record(text, Type.BigInt()), '.patternProperties["^(.*)$"]'],
      ['an additional property', Type.Object({}, { additionalProperties: Type.BigInt() }), '.additionalProperties'],
      [
        'an unevaluated property',
        Type.Intersect([Type.Object({}), Type.Object({})], { unevaluatedProperties: Type.BigInt() }),
        '.unevaluatedProperties',
      ],
      ['a part of a module', Type.Module({ Id: Type.BigInt() }).Import('Id'), '.$defs["Id"]'],
    ] as const
  ).map(([where, schema, step]): Row => [
    `a BigInt in ${where}`,
    () => input(schema),
    `add input[0]${step}`,
    "Type.BigInt() can't travel over Socket.IO",
  ]),
  ...UNSENDABLE.flatMap((schema): Row[] => {
    const inner = Type.Record(text, Type.Object({ list: Type.Array(Type.Union([Type.Null(), schema])) }))
    const step = '.patternProperties["^(.*)$"].list.items.anyOf[1]'
    const says = [`Type.${String(schema[Kind])}() can't travel over Socket.IO`] as const
    const kind = String(schema[Kind])
    return [
      [`a ${kind} deep in an argument`, () => input(inner), `add input[0]${step}`, ...says],
      [`a ${kind} deep in a rest`, () => define({ add: event.input().rest(inner) }), `add input.rest${step}`, ...says],
      [`a ${kind} deep in an output`, () => define({ add: event.output(inner) }), `add output[0]${step}`, ...says],
      [`a ${kind} deep in an ack`, () => ack(inner), `add ack${step}`, ...says],
      [`a ${kind} deep in an error`, () => withErrors({ FULL: inner }), `add errors.FULL${step}`, ...says],
      [`a ${kind} deep in auth`, () => define({ '/n': router({}, { auth: inner }) }), `auth${step}`, ...says],
    ]
  }),
  ...[Type.Undefined(), Type.Void()].flatMap((schema): Row[] =>
    (
      [
        ['a union in a union', Type.Union([text, Type.Union([Type.Null(), schema])])],
        ['an intersection', Type.Intersect([Type.Unknown(), schema])],
        ['a module', Type.Module({ A: Type.Union([text, Type.Ref('B')]), B: schema }).Import('A')],
        [
          'a transform',
          Type.Transform(schema)
            .Decode(String)
            .Encode(() => undefined),
        ],
      ] as const
    ).flatMap(([where, inner]): Row[] => [
      [`${String(schema[Kind])} in ${where} as an ack`, () => ack(inner), 'add ack', "can't travel over Socket.IO"],
      [`${String(schema[Kind])} in ${where} as an argument`, () => input(inner), 'add input[0]', "can't travel"],
    ]),
  ),
  ['a BigInt in an ack', () => ack(Type.Array(Type.BigInt())), 'add ack.items', "Type.BigInt() can't travel"],
  ["a BigInt in an error's data", () => withErrors({ FULL: Type.BigInt() }), 'add errors.FULL', "can't travel"],
  ['a BigInt in auth', () => define({}, { auth: Type.BigInt() }), 'auth', "can't travel"],
  ...[Type.Undefined(), Type.Void()].flatMap((schema): Row[] => [
    [
      `${String(schema[Kind])} as an argument`,
      () => input(schema),
      'add input[0]',
      `Type.${String(schema[Kind])}() can't travel over Socket.IO`,
      'leave the argument out',
    ],
    [
      `${String(schema[Kind])} as an ack`,
      () => ack(schema),
      'add ack',
      `Type.${String(schema[Kind])}() can't travel over Socket.IO`,
      'write .ack() for an answer without a value',
    ],
  ]),
  [
    'a pattern that is not a valid regular expression',
    () => input(Type.Object({ name: Type.String({ pattern: '(' }) })),
    'add input[0].name',
    'the pattern "(" is not a valid regular expression',
  ],
  [
    'an unknown format',
    () => input(Type.Object({ mails: Type.Array(Type.String({ format: 'emial' })) })),
    'add input[0].mails.items',
    'unknown format "emial"',
    'register it above the contract with FormatRegistry.Set("emial", value => …)',
    'email',
  ],
  [
    'an unknown format in auth',
    () => define({}, { auth: Type.Object({ token: Type.String({ format: 'jwt' }) }) }),
    'auth.token',
    'unknown format "jwt"',
  ],
  [
    'a reference to nowhere',
    () => input(Type.Object({ next: Type.Ref('Node') })),
    'add input[0].next',
    'Type.Ref("Node") refers to a schema that is not in scope',
    'use the schema itself, or Type.Module',
  ],
  [
    "a reference to another argument's $id",
    () => define({ add: event.input(Type.String({ $id: 'Name' }), Type.Ref('Name')) }),
    'add input[1]',
    'Type.Ref("Name") refers to a schema that is not in scope',
  ],
  [
    'a reference in a module to what it has not',
    () => input(Type.Module({ A: Type.Object({ b: Type.Ref('B') }) }).Import('A')),
    'add input[0].$defs["A"].b',
    'Type.Ref("B") refers to a schema that is not in scope',
  ],

  // One $id
  ...(
    [
      ['in two events', { b: event.output(Type.Integer({ $id: 'User' })) }, 'b output[0]'],
      ['deep in another', { b: event.input(Type.Array(Type.Integer({ $id: 'User' }))) }, 'b input[0].items'],
      ['in an ack', { b: event.input().ack(Type.Integer({ $id: 'User' })) }, 'b ack'],
      [
        'in an error',
        {
          b: event
            .input()
            .ack()
            .errors({ E: Type.Integer({ $id: 'User' }) }),
        },
        'b errors.E',
      ],
      ['in a group', { g: router({ b: event.input(Type.Integer({ $id: 'User' })) }) }, 'g.b input[0]'],
      ['in a namespace', { '/n': router({ b: event.input(Type.Integer({ $id: 'User' })) }) }, '/n.b input[0]'],
      ['by hand', { b: event.input(Type.Unsafe({ $id: 'User', type: 'integer' })) }, 'b input[0]'],
      ["in a namespace's auth", { '/n': router({}, { auth: Type.Integer({ $id: 'User' }) }) }, '/n auth'],
    ] as const
  ).map(([where, entries, path]): Row => [
    `two schemas with one $id, the second ${where}`,
    () => define({ a: event.input(Type.Object({ user: Type.String({ $id: 'User' }) })), ...entries }),
    path,
    'the $id "User" belongs to a different schema at a input[0].user',
    'use one schema, or give each its own $id',
  ]),
  ...(
    [
      [
        'beside another',
        Type.Tuple([module(text).Import('A'), module(Type.Null()).Import('A')]),
        'add input[0].items[1].$defs["B"]',
      ],
      [
        'in a definition of another',
        module(module(text).Import('A')).Import('A'),
        'add input[0].$defs["B"].$defs["B"]',
      ],
      [
        'beside an $id',
        Type.Tuple([Type.Null({ $id: 'B' }), module(text).Import('A')]),
        'add input[0].items[1].$defs["B"]',
      ],
    ] as const
  ).map(([where, schema, path]): Row => [
    `two definitions of modules with one name, ${where}`,
    () => input(schema),
    path,
    'belongs to a different schema at',
    'in a Type.Module its own name',
  ]),

  // Acks and errors
  ...(
    [
      ['itself', withEnvelope],
      ['as an optional property', Type.Object({ $error: Type.Optional(text) })],
      ['in a union', Type.Union([Type.Null(), withEnvelope])],
      ['in an intersection', Type.Intersect([Type.Object({ ok: text }), withEnvelope])],
      ['in a union in an intersection', Type.Intersect([Type.Object({}), Type.Union([withEnvelope, Type.Null()])])],
      ['in a recursive schema', Type.Recursive(() => withEnvelope)],
      ['by a record', Type.Record(Type.Literal('$error'), text)],
    ] as const
  ).map(([where, schema]): Row => [
    `an ack that has $error ${where}`,
    () => ack(schema),
    'add ack',
    'a reply can\'t have a property "$error", which marks a failure on the wire',
    'rename it',
  ]),
  [
    "an output's ack that has $error",
    () => define({ probe: event.output().ack(withEnvelope) }),
    'probe ack',
    'a reply can\'t have a property "$error"',
  ],
  [
    'errors without an ack',
    () => define({ add: event.input().errors({ FULL: text }) }),
    'add errors',
    'errors are sent in the ack, and this event has none',
    'add .ack()',
  ],
  [
    'options that are a schema',
    () => define({}, Type.Object({ token: text })),
    'router options',
    'got a TypeBox schema',
    'write { auth: schema }',
  ],
  ['options that are null', () => define({}, null), 'router options', 'expected an object, got null'],
  ['an option that nobody reads', () => define({}, { tag: ['a'] }), 'router options', 'unknown key "tag"', 'tags'],
  [
    'two patterns for the same namespaces',
    () => define({ '/game-{id}': router({}), '/game-{name}': router({}) }),
    '/game-{name}',
    'the same namespaces as /game-{id}',
    'merge them',
  ],
  ['one parameter twice', () => define({ '/{id}-{id}': router({}) }), '/{id}-{id}', 'each parameter only once'],
  [
    'two parameters with nothing between',
    () => define({ '/{a}{b}': router({}) }),
    '/{a}{b}',
    'need characters between them',
  ],
  [
    'an ack with $error in a module',
    () => define({ add: event.input().ack(Type.Module({ O: Type.Object({ $error: text }) }).Import('O')) }),
    'add ack',
    '"$error"',
  ],
  [
    'an ack with $error in a part of a module',
    () => {
      const parts = { O: Type.Object({ $error: text }), U: Type.Union([Type.Null(), Type.Ref('O')]) }
      return define({ add: event.input().ack(Type.Module(parts).Import('U')) })
    },
    'add ack',
    '"$error"',
  ],
  [
    'an argument that may be undefined',
    () => define({ add: event.input(Type.Union([text, Type.Undefined()])) }),
    'add input[0]',
    "Type.Undefined() can't travel",
  ],
  [
    'an ack that may be void',
    () => define({ add: event.input().ack(Type.Union([text, Type.Void()])) }),
    'add ack',
    "Type.Void() can't travel",
  ],
  [
    'an ack whose schema is undefined',
    () => Reflect.apply(event.input().ack, undefined, [undefined]),
    '.ack',
    'got undefined',
  ],
  ['errors that are null', () => Reflect.apply(event.input().errors, undefined, [null]), '.errors', 'got null'],
  [
    'errors that are a schema',
    () => Reflect.apply(event.input().errors, undefined, [text]),
    '.errors',
    'got a TypeBox schema',
  ],
  [
    'one error twice',
    () => event.input().errors({ FULL: text }).errors({ FULL: text }),
    '.errors',
    'FULL is already declared',
  ],
  ['an error without a code', () => withErrors({ '': text }), 'add errors', 'needs a code'],
  [
    'a description that is a number',
    () => Reflect.apply(event.input().describe, undefined, [5]),
    '.describe',
    'got a number',
  ],
  [
    'a word of a description that nobody reads',
    () => Reflect.apply(event.input().describe, undefined, [{ tag: 'a' }]),
    '.describe',
    'unknown key "tag"',
  ],
  [
    'items that are no schema of TypeBox',
    () => define({ add: event.input(Type.Unsafe({ ...Type.Array(text), items: { type: 'string' } })) }),
    'add input[0].items',
    'expected a TypeBox schema',
  ],
  ...['INVALID_INPUT', 'INTERNAL', 'TIMEOUT', 'DISCONNECTED', 'INVALID_REPLY'].map((code): Row => [
    `the standard code ${code} as its own`,
    () => withErrors({ [code]: text }),
    'add errors',
    `${code} is a standard code that every event can fail with`,
    'choose another',
  ]),
]

describe('a mistake in a contract is refused', it => {
  for (const [title, mistake, path, ...says] of TABLE) {
    it(title, () => {
      const message = refusal(mistake)
      const begin = `ackwire: ${path}: `
      assert.is(message.slice(0, begin.length), begin, `expected the path ${path}: ${message}`)
      for (const part of says) assert.ok(message.includes(part), `expected ${part}: ${message}`)
    })
  }
})

describe('a valid contract that looks like a mistake', it => {
  for (const [title, schema] of [
    ['a pattern', Type.String({ pattern: '^a' })],
    ['a regular expression', Type.RegExp(/^a/)],
    ['a choice of texts', Type.Union([Type.Literal('a'), Type.TemplateLiteral('b-${string}')])],
    ['an enumeration', Type.Enum({ A: 'a', B: 'b' })],
    ['an intersection', Type.Intersect([text, Type.Not(Type.Literal('b'))])],
    ['a transform', Type.Transform(text).Decode(Number).Encode(String)],
    ['JSON Schema by hand', Type.Unsafe<'a'>({ type: 'string', enum: ['a'] })],
    ['a choice by hand', Type.Unsafe<'a'>({ enum: ['a'] })],
    ['a definition of a module', Type.Module({ A: Type.Ref('B'), B: text }).Import('A')],
  ] as const) {
    it(`has a parameter that is ${title}`, () => {
      const params = Type.Object({ id: schema })
      const api = define({ '/game-{id}': router({}, { params }) })
      assert.is(api['~router'].namespaces[1]?.options.params, params)
    })
  }

  it('has one schema in many places, or its copies, with one $id', () => {
    const user = Type.Object({ name: text }, { $id: 'User' })
    const copy = Type.Object({ name: text }, { $id: 'User' })
    const api = router(
      {
        a: event.input(user, user).ack(Type.Array(user)).errors({ E: user }),
        b: event.input(Type.Object({ inside: copy })),
        '/n': router({ c: event.output(user) }, { auth: user }),
      },
      { auth: copy },
    )
    assert.is(api['~router'].namespaces.length, 2)
  })

  it('has a schema that refers to itself, or within its module', () => {
    const node = Type.Recursive(This => Type.Object({ next: Type.Array(This) }), { $id: 'Node' })
    const imported = Type.Module({ A: Type.Object({ b: Type.Ref('B') }), B: text }).Import('A')
    input(node)
    input(imported)
    input(Type.Object({ next: Type.Optional(Type.Ref('Self')) }, { $id: 'Self' }))
  })

  it('has a standard format, or one that the application has registered', ({ defer }) => {
    for (const format of ['email', 'uuid', 'date-time', 'uri', 'password']) input(Type.String({ format }))
    const own = () => input(Type.String({ format: 'shouted' }))
    assert.match(refusal(own), 'unknown format "shouted"')
    FormatRegistry.Set('shouted', value => value === value.toUpperCase())
    defer(() => FormatRegistry.Delete('shouted'))
    own()
  })

  it('has an ack of several definitions of a module', () => {
    const parts = { O: Type.Object({ of: text }), L: Type.Union([Type.Ref('L'), Type.Ref('O')]) }
    ack(Type.Module({ ...parts, U: Type.Union([Type.Ref('O'), Type.Ref('L'), Type.Null()]) }).Import('U'))
  })

  it('has $error in an argument, in an error, or deeper in an ack', () => {
    input(withEnvelope)
    ack(Type.Object({ last: withEnvelope }))
    ack(Type.Array(withEnvelope))
    withErrors({ FULL: withEnvelope })
  })

  it('has Undefined or Void as the schema of an error without data', () => {
    withErrors({ FULL: Type.Undefined(), GONE: Type.Void() })
  })

  it('has binary data, anything, or an unsafe schema', () => {
    for (const schema of [
      Type.Uint8Array(),
      Type.Any(),
      Type.Unknown(),
      Type.Unsafe({ type: 'string', minLength: 1 }),
    ]) {
      input(schema)
      ack(schema)
    }
  })

  it('has a namespace with parameters, in several segments or with other punctuation', () => {
    for (const name of ['/a/b', '/game-{id}', '/{org}/{repo}', '/a:b', '/a.b', '/v1.0'])
      assert.is(define({ [name]: router({}) })['~router'].namespaces[1]?.name, name)
  })
})

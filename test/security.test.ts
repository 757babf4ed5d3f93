import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from './harness.js'

const root = resolve(import.meta.dirname, '..')

type Held = readonly (readonly [file: string, ...titles: string[]])[]

const core = (file: string, ...titles: string[]) => [`packages/core/test/${file}.test.ts`, ...titles] as const
const client = (file: string, ...titles: string[]) => [`packages/client/test/${file}.test.ts`, ...titles] as const
const docs = (file: string, ...titles: string[]) => [`packages/docs/test/${file}.test.ts`, ...titles] as const
const cli = (file: string, ...titles: string[]) => [`packages/cli/test/${file}.test.ts`, ...titles] as const

const NAMES = core('namespace-names', 'are read in time linear in the length of the name')
const REFUSED = core(
  'refused-namespaces',
  'is removed with them: ',
  'is removed with them if too many wait, or none is waited for',
)

/** The promises by their first words, each with the tests that hold it, named by parts of their titles. */
const PROMISES: Readonly<Record<string, Held>> = {
  'Only arguments that match the contract reach': [
    core('dispatch', 'is rejected with the places that differ, and the handler is not called'),
    core('binding', 'gets only valid input in plain listeners, and they can send only valid acks'),
  ],
  'They are checked before': [
    core('dispatch', 'is rejected with too few or too many arguments'),
    core('lineage', 'is rejected, and the handler is not called'),
  ],
  'Replies, a declared error': [
    core('dispatch', 'answers INTERNAL when the reply breaks its schema', 'answers a declared error with its data'),
    core('binding', 'can be answered with a value of the error handler that matches the ack'),
    core('emit', 'that does not match the contract throws where it is called', 'checks the answers of clients'),
  ],
  'No input ends the process': [
    core(
      'hardening',
      'can be any value that a packet can carry',
      'can be any value that a packet of msgpack can carry',
    ),
    core('fuzz/fuzz', 'keeps its limits for any names of namespaces'),
  ],
  'What handlers, middleware': [
    core('dispatch', 'answers INTERNAL and nothing else when the handler throws or rejects'),
    core('auth', 'is refused whatever authenticate throws', 'may be synchronous, and throw'),
    core('binding', 'survives listeners that throw or reject'),
    core('regression/signals', 'is reported, and the others are called'),
  ],
  'A promise from a function': [
    core(
      'regression/promises',
      'is refused with its rejection held',
      'is refused if an Encode returns it',
      'is refused if userOf or addressOf returns it',
    ),
  ],
  'Every node sends the same value': [
    core('regression/outgoing', 'is what JSON carries, whatever the adapter and the parser do'),
  ],
  'What `toJSON` hides': [
    core('regression/outgoing', 'is refused where the emit stands, with its path, for each direction'),
    core('regression/outgoing', 'is refused if an adapter can’t carry it, and is what JSON carries'),
  ],
  'An ack that a client asks for': [
    core('hardening', 'answers once, and INTERNAL where it can’t be sent'),
    core('dispatch', 'answers NOT_IMPLEMENTED without handler and listener'),
    core('fuzz/fuzz', 'packets: seed'),
  ],
  'If the client is still connected': [
    core('dispatch', 'answers INTERNAL and nothing else when the handler throws or rejects'),
    core('close', 'can be limited: the call is answered'),
  ],
  'It makes no difference whether': [
    core('dispatch', 'answers INTERNAL when the reply can’t be serialized'),
    core('close', 'can be limited: the call is answered'),
    core('lineage', 'is not sent as an ack: the client gets INTERNAL and nothing of the value'),
  ],
  'Nothing internal leaves': [
    core('auth', 'is refused if authenticate throws, and nothing of the error reaches the client'),
  ],
  'An error that the event does not declare': [
    core('dispatch', 'answers INTERNAL and nothing else when the handler throws or rejects'),
  ],
  '`INVALID_INPUT` says where': [
    core('binding', 'go to the console without anything of a payload'),
    core('dispatch', 'is rejected with the places that differ'),
  ],
  "With `unknownProperties: 'strip'`": [core('unknown', 'is received and sent with its declared properties')],
  'No event is handled before': [
    core('auth', 'is accepted with the data that authenticate returns, before any event is handled'),
    core('hardening', 'is not written to the transport that another namespace shares'),
  ],
  'With `onRecovery: true`': [
    core('recovery', 'does not come back once it is revoked, and gets nothing that it has missed'),
    core('recovery', 'is handled only when authenticate has let it in, and misses nothing meanwhile'),
  ],
  'A required ack is requested': [core('audit', 'keeps an event without it from its handler, and reports it')],
  "With `undeclaredAcks: 'refuse'`": [core('audit', 'is refused if undeclaredAcks says so')],
  "With `unknownEvents: 'refuse'`": [core('audit', 'is one that no listener has by its name')],
  'Names from a peer are looked up': [core('hardening', 'can be any value that a packet can carry')],
  'Event names and error codes': [core('own-events', 'does not reach them if a peer sends it')],
  '`__proto__` is a key like any other': [
    core('hardening', 'have own properties that are called __proto__, which change no prototype'),
    core('auth', 'no prototype of a peer'),
  ],
  'Sizes are bounded before': [core('caps', 'are counted before a default is filled in')],
  '`attach` bounds the number': [
    core('caps', 'are at most 64, the ack not counted', 'are nested at most 128 deep', 'are at most 100,000 values'),
    core('caps-beyond-arguments', 'is measured before it is checked', 'answers of clients are measured'),
  ],
  '`guard()` bounds every packet': [
    core('guard-parser', 'lets an event pass up to', 'lets an auth payload pass up to', 'lets an answer pass up to'),
  ],
  'The name of a namespace has at most': [
    core(
      'namespace-names',
      'is at most 256 characters, and longer names never reach the schema',
      'is bounded by guard',
    ),
  ],
  'The time to check, decode or encode': [
    core(
      'linear',
      'has a row here for each kind of schema and each keyword',
      'takes time linear in the size of the value',
    ),
    core(
      'linear',
      'takes linear time for each keyword of hand-written JSON Schema',
      'takes linear time for each format',
    ),
    core('schema-checks', 'is checked in linear time, ', 'is encoded in linear time, when a server sends back'),
  ],
  'The time to read the name': [NAMES, core('namespace-names', 'is refused at once: ')],
  'Limits are checked before': [core('limits', 'is checked before the arguments, which are not checked beyond it')],
  '`perSocket` counts a connection': [
    core('limits-by-connection', 'is not reset when it leaves and rejoins', 'of a pattern together'),
  ],
  'A client that keeps being refused': [
    core('patience', 'is disconnected, and only it'),
    core('limits-by-connection', 'for streams that it opens', 'for calls to a server that closes'),
    core('limits-by-connection', 'for namespaces that it waits for', 'for a token that it guesses'),
    core('audit', 'counts what lacks it as refused', 'is counted as refused', 'is counted as a refusal'),
  ],
  'Memory for the readers of streams': [core('stream-limits', 'is bounded in bytes, for all streams of a connection')],
  'The streams of a connection hold': [core('stream-limits', 'is bounded over polling responses that are not read')],
  'No page is sent while': [
    core('stream-limits', 'has at most one unsent page of a stream', 'gets it a few times, and is then disconnected'),
  ],
  'If the event has a rate': [core('stream-limits', 'counts as a call: ', 'reads it to its end, however many pages')],
  'A refused client leaves nothing behind': [
    core('hardening', 'that ends while it waits for authenticate leaves nothing'),
  ],
  'A namespace that exists only because': [REFUSED],
  'Observers and OpenTelemetry': [
    core('observe', 'is notified of each phase'),
    core('opentelemetry', 'records a call'),
  ],
  'Neither reports to `onError`': [
    core('regression/secrets', 'is in no report, whatever the phase', 'is in no line of the console'),
  ],
  'Text from a peer can’t': [core('printable', 'has invisible characters escaped and all others unchanged')],
  'Each report that the server prints': [
    core(
      'printable',
      'escapes the strings that peers have chosen, wherever they occur',
      'escapes them also in the failure of the error handler',
    ),
  ],
  '`ackwire` executes nothing that a document contains': [cli('hostile', 'runs nothing in its version')],
  'In an imported contract': [
    docs('import-injection', 'contains nothing else whichever strings of any document are hostile together'),
    cli('hostile', 'keeps the file name in one line of the contract'),
  ],
  'To check the contract, it is parsed': [cli('imported-contract', 'is refused, and not run, if it contains')],
  'A file is executed only if': [cli('foreign-document', 'is not run unless its name is that of a contract')],
  'A document can’t make the command hang': [cli('hostile', 'reports operations that multiply its content')],
  'Its patterns, its aliases': [
    cli(
      'hostile',
      'does not wait for a pattern that is slow',
      'reports aliases that expand too much',
      'reports nesting that is too deep',
    ),
    docs('time-limit', 'ends a function that does not end'),
  ],
  'Its invisible characters are shown': [cli('hostile', 'sends no control or invisible character to a terminal')],
  'The page executes nothing': [
    docs('page/hostile', 'is shown as text in every view', 'blocks everything that is not part of the page'),
    docs('page/hostile', 'is kept by the page, which makes no other requests'),
  ],
  'The page is at its own path only': [
    docs('handler', 'answers at no other path in any form', 'is not reached past a guard on its path'),
  ],
  'If `allow` does not return': [docs('allow', 'reveals nothing of the contract')],
  'Other pages can’t reach a server': [
    cli('same-origin', 'gets nothing for another page, and everything for the page itself'),
  ],
  'A request or an upgrade': [
    cli('same-origin', 'refuses foreign hosts and origins before the server behind it gets them'),
  ],
  'A call always settles': [
    client('client', 'when nobody answers in time', 'when the connection is lost', 'when the client is closed'),
    client('client', 'when it is aborted', 'when the server answers garbage'),
  ],
  'A failure’s code, message and issues': [
    client('hostile', 'is no failure without a code', 'has a message that is a string', 'has well-formed issues'),
  ],
  'A stream of empty pages': [client('hostile', 'is not kept busy by empty pages, and ends at once')],
  'The job that can get an npm token': [
    ['test/workflows.test.ts', 'checks out, installs and builds nothing', 'is the only one, and comes after'],
  ],
  'It publishes tarballs': [['test/publish.test.ts', 'publishes nothing if there is']],
  'Actions are named by commit': [['test/workflows.test.ts', 'name each action by its commit']],
  'Bundled code is listed': [['test/tarball.test.ts', 'list what is bundled into them, and nothing else']],
}

/** Returns the sentences of the section of promises. */
const sentencesIn = (markdown: string): string[] => {
  const [, promised = ''] = /\n## What is promised\n(.*?)\n## /s.exec(markdown) ?? []
  const bullets = [...promised.matchAll(/^- (.*?)(?=\n- |\n\n|$(?![\s\S]))/gms)].map(([, text = '']) => text)
  return bullets.flatMap(text =>
    text
      .replaceAll('**', '')
      .replaceAll("'s ", '’s ')
      .replaceAll("can't", 'can’t')
      .replaceAll(/\s+/g, ' ')
      .trim()
      .split(/(?<=\.) (?=[A-Z`_])/),
  )
}

describe('what SECURITY.md promises', it => {
  const sentences = sentencesIn(readFileSync(join(root, 'SECURITY.md'), 'utf8'))

  it('has a test for each sentence', () => {
    const held = sentences.map(sentence => Object.keys(PROMISES).filter(words => sentence.startsWith(words)))
    assert.equal(
      sentences.filter((_, at) => held[at]?.length !== 1),
      [],
    )
    assert.equal(held.flat(), Object.keys(PROMISES))
  })

  it('names only existing tests', () => {
    const missing = Object.values(PROMISES)
      .flat()
      .flatMap(([file, ...titles]) => {
        const source = readFileSync(join(root, file), 'utf8')
        return titles.filter(title => !source.includes(title)).map(title => `${file}: ${title}`)
      })
    assert.equal(missing, [])
  })
})

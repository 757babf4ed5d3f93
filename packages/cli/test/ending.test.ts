import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { render } from '@ackwire/docs'
import { event, router } from '@ackwire/core'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { describe } from '../../../test/harness.js'
import { contractOf, createFolder } from './ackwire.js'

const timeoutMs = 300_000
const { version }: { version: string } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
const PING = contractOf('ping: event.input().ack()')
const DOCUMENT = render(router({ ping: event.input().ack() }))

describe('ackwire help and ackwire --version', it => {
  it('are successes of the process, whose exit code is otherwise 2 until it ends', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    for (const args of [['help'], ['help', 'render'], ['help', 'help'], ['render', '--help'], ['--help']]) {
      const { code, out, err } = await folder.spawn(args)
      assert.equal([code, err], [0, ''], args.join(' '))
      assert.match(out, args.includes('render') ? /^Usage: ackwire render / : /^Usage: ackwire /)
    }
  })

  it('show the version of the package', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    for (const flag of ['-V', '--version']) {
      const { code, out, err } = await folder.ackwire(flag)
      assert.equal([code, out, err], [0, `${version}\n`, ''])
    }
  })

  it('show the same help as the option', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    assert.is((await folder.ackwire('help', 'diff')).out, (await folder.ackwire('diff', '--help')).out)
    assert.is((await folder.ackwire('help')).out, (await folder.ackwire('--help')).out)
  })

  it('say which command there is not', { timeoutMs }, async ({ defer }) => {
    const { code, out, err } = await createFolder(defer).ackwire('help', 'rendr')
    assert.equal([code, out], [2, ''])
    assert.is(
      err,
      "error: unknown command 'rendr'; expected render, check, diff, serve or import\n(see ackwire --help, or ackwire help COMMAND)\n",
    )
  })
})

describe('the end of a command', it => {
  for (const [what, line] of [
    ['ends the process', 'process.exit(0)'],
    ['never finishes loading', 'await new Promise(() => {})'],
  ] as const) {
    it(`is not a success if a contract ${what}`, { timeoutMs }, async ({ defer }) => {
      const folder = createFolder(defer)
      folder.write({ 'contract.ts': `${PING}\n${line}`, 'a.yaml': DOCUMENT })
      for (const args of [
        ['check', 'contract.ts', 'a.yaml'],
        ['diff', 'a.yaml', 'contract.ts'],
      ]) {
        const { code, out, err } = await folder.spawn(args)
        assert.equal([code, out, err], [2, '', 'the contract ended the process, or never finished loading\n'])
      }
    })
  }

  it(
    'prints one line and exits with 2 for any error, since 1 means a breaking change',
    { timeoutMs },
    async ({ defer }) => {
      const folder = createFolder(defer)
      folder.write({
        'late.ts': `${PING}\nsetTimeout(() => { throw new Error('too late') })\nawait new Promise(() => {})`,
        'rejected.ts': `${PING}\nvoid Promise.reject(new Error('refused'))\nawait new Promise(() => {})`,
        'thrown.ts': `${PING}\nthrow { a: 1 }`,
        'a.yaml': DOCUMENT,
        'cycle.yaml': 'asyncapi: 3.0.0\ninfo: &x [1, *x]\n',
        'two.yaml': 'asyncapi: 3.0.0\n---\nasyncapi: 3.0.0\n',
      })
      for (const [file, said] of [
        ['late.ts', 'ackwire: too late'],
        ['rejected.ts', 'ackwire: refused'],
        ['thrown.ts', 'thrown.ts: { a: 1 }'],
        [
          'cycle.yaml',
          'cycle.yaml: an alias refers to an object that contains it, so that the document has no end; use $ref instead',
        ],
        ['two.yaml', 'two.yaml:2: a second document begins here; expected one document in a file'],
      ] as const) {
        const { code, out, err } = await folder.spawn(['diff', 'a.yaml', file])
        assert.equal([code, out, err], [2, '', `${said}\n`], file)
      }
    },
  )

  it('keeps the output of a contract out of the document', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({
      'contract.ts': `console.log('one')\nconsole.info('two')\nprocess.stdout.write('three\\n')\n${PING}`,
    })
    const { code, out, err } = await folder.spawn(['render', 'contract.ts'])
    assert.equal([code, err], [0, 'one\ntwo\nthree\n'])
    assert.is(parse(out).asyncapi, '3.0.0')
    const machines = await folder.spawn(['diff', 'contract.ts', 'contract.ts', '--json'])
    assert.is(JSON.parse(machines.out).breaking, false)
  })

  it('reports files in the wrong order', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({ 'contract.ts': PING, 'a.yaml': DOCUMENT })
    for (const [args, said] of [
      [['render', 'a.yaml'], 'a.yaml: this is a document; expected a contract here, a TypeScript or JavaScript file'],
      [['import', 'contract.ts'], 'contract.ts: this is a contract; expected a document here, YAML or JSON'],
      [
        ['check', 'a.yaml', 'contract.ts'],
        'contract.ts: this is a contract, and a.yaml a document; the order is ackwire check contract.ts a.yaml',
      ],
    ] as const) {
      const { code, out, err } = await folder.spawn(args)
      assert.equal([code, out, err], [2, '', `${said}\n`])
    }
    const { code, err } = await folder.ackwire('serve', 'a.yaml', '--host', 'no.such.host.invalid')
    assert.is(code, 2)
    assert.match(err, /choose another with --host\n$/)
  })
})

import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from './harness.js'

const runner = resolve(import.meta.dirname, '../scripts/test.mjs')

/** What the test command prints for one fixture, and its exit code. */
function outcome(argument: string, env: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; printed: string }> {
  return new Promise(done => {
    const child = spawn(process.execPath, [runner, argument], { env: { ...process.env, CI: '', ...env } })
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    child.on('close', code => done({ code, printed }))
  })
}

const fixture = (name: string, env?: NodeJS.ProcessEnv) => outcome(`test/fixtures/harness/${name}.ts`, env)
const lastLine = (printed: string) => printed.trimEnd().split('\n').at(-1)

describe('a file that is in order', it => {
  it('passes', async () => {
    const { code, printed } = await fixture('good')
    assert.is(lastLine(printed), '2 passed, 0 failed')
    assert.is(code, 0)
  })

  it('shows what its tests print', async () => {
    assert.match((await fixture('good')).printed, /ok .*good\.ts.*\n {8}a figure\n {8}and another\n/)
  })

  it('closes what its tests share after the last of them', async () => {
    const { code, printed } = await fixture('shared')
    assert.match(printed, /opened 1\n +opened 2\n3 passed, 0 failed\n$/)
    assert.is(code, 0)
  })
})

describe('what ends green in uvu', it => {
  const broken: [title: string, file: string, last: string, ...told: RegExp[]][] = [
    ['a cleanup that throws', 'cleanup-throws', '1 passed, 2 failed', /the cleanup broke/, /the other cleanup ran/],
    [
      'a cleanup that throws after its test',
      'cleanup-throws',
      '1 passed, 2 failed',
      /the test broke/,
      /second cleanup/,
    ],
    ['a shared part that can not be closed', 'shared-throws', '1 passed, 1 failed', /the shared part broke/],
    ['a file with no suite', 'no-describe', '0 passed, 1 failed', /ran no describe\(\)/],
    ['a suite with no test', 'no-test', '0 passed, 1 failed', /describe\('nothing'\) registered no test/],
    ['a test registered too late', 'late-test', '0 passed, 1 failed', /got an async function/],
    ['a suite behind an error', 'throws-at-load', '1 passed, 1 failed', /second describe is never reached/],
    ['uvu without the harness', 'only', '0 passed, 1 failed', /imports uvu itself/],
    ['a test that never ends', 'hang', '1 passed, 1 failed', /waits for ever: no end within 100 ms/],
    ['a test that blocks its process', 'block', '0 passed, 1 failed', /killed: block › loops for ever/],
    [
      'what nobody expected during a test',
      'unexpected',
      '1 passed, 5 failed',
      /rejection: nobody handles/,
      /exception: from a timer/,
      /MaxListeners/,
      /DeprecationWarning/,
      /thrown: "a string"/,
    ],
    ['what nobody expected after the tests', 'unexpected-after', '1 passed, 1 failed', /after the last test/],
    ['a process that is kept alive', 'leak', '1 passed, 1 failed', /a handle leaked \(open: .*TCPServerWrap/],
    ['a process that ends too early', 'exits', '0 passed, 2 failed', /ended before its last test/],
  ]
  for (const [title, file, last, ...told] of broken) {
    it(`fails: ${title}`, { timeoutMs: 20_000 }, async () => {
      const { code, printed } = await fixture(file)
      assert.is(lastLine(printed), last)
      assert.is(code, 1)
      for (const pattern of told) assert.match(printed, pattern)
    })
  }

  it('fails: no file matched', async () => {
    const { code, printed } = await outcome('no-such-file')
    assert.is(lastLine(printed), '0 passed, 1 failed')
    assert.is(code, 1)
  })
})

describe('a part the machine lacks', it => {
  it('skips the test and says why', async () => {
    const { code, printed } = await fixture('needs')
    assert.is(lastLine(printed), '1 passed, 0 failed, 1 skipped')
    assert.match(printed, /pours: needs a teapot, which this machine doesn't have \(apt-get install teapot\)/)
    assert.is(code, 0)
  })

  it('fails the test under CI', async () => {
    const { code, printed } = await fixture('needs', { CI: 'true' })
    assert.is(lastLine(printed), '1 passed, 1 failed')
    assert.match(printed, /needs a teapot/)
    assert.is(code, 1)
  })
})

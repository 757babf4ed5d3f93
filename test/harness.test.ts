import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { isGood, runFiles } from '../scripts/test/process.mjs'
import { describe } from './harness.js'

const runner = resolve(import.meta.dirname, '../scripts/test.mjs')

interface Outcome {
  readonly code: number | null
  readonly printed: string
}

/** Runs the test command. A process that blocks has only half a second, since it uses the processor. */
function outcome(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return new Promise(done => {
    const child = spawn(process.execPath, [runner, ...args], {
      env: { ...process.env, CI: '', ACKWIRE_GRACE_MS: '500', ...env },
    })
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    child.on('close', code => done({ code, printed }))
  })
}

const fixture = (name: string, env?: NodeJS.ProcessEnv) => outcome([`test/fixtures/harness/${name}.ts`], env)
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
    it(`fails: ${title}`, { timeoutMs: 300_000 }, async () => {
      const { code, printed } = await fixture(file)
      assert.is(lastLine(printed), last)
      assert.is(code, 1)
      for (const pattern of told) assert.match(printed, pattern)
    })
  }

  it('fails: no file matched', async () => {
    const { code, printed } = await outcome(['no-such-file'])
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

describe('files that share a process', it => {
  // Two processes: eight files, and the others.
  const names = [
    '1-good',
    '2-fails',
    '3-leaks',
    '4-throws',
    '5-empty',
    '6-unexpected',
    '7-exits',
    '8-good',
    '9-process',
    '10-good',
  ]
  let ended: Promise<Outcome> | undefined
  const run = () => (ended ??= outcome(names.map(name => `test/fixtures/harness/shared-process/${name}.ts`)))

  /** Returns the output of a file: from its line to that of the next. */
  const told = async (name: string): Promise<string> =>
    (await run()).printed.split(/^(?=ok {4} |FAILED {2}|\d+ passed)/m).find(lines => lines.includes(`/${name}.ts  `)) ??
    ''

  it('are each told of, with what they print and their problems', { timeoutMs: 300_000 }, async () => {
    const { code, printed } = await run()
    assert.is(lastLine(printed), '7 passed, 7 failed', printed)
    assert.is(code, 1)
  })

  const files: [name: string, does: string, pattern: RegExp, other?: RegExp][] = [
    ['1-good', 'passes', /^ok .* 1\/1 /, /broke/],
    [
      '2-fails',
      'fails, and what its tests share is closed',
      /^FAILED .* 1\/2 [^]*closes what[^]*second file broke/,
      /leaked/,
    ],
    ['3-leaks', 'fails for the handle that it leaves', /^FAILED .* 1\/1 .*\n.*a handle leaked \(open: TCPServerWrap\)/],
    ['4-throws', 'fails while it is loaded, after its test', /^FAILED .* 1\/1 .*\n.*does not load/, /leaked/],
    ['5-empty', 'fails without a test', /^FAILED .* 0\/0 .*\n.*ran no describe\(\)[^]*the fifth file has no test/],
    [
      '6-unexpected',
      'fails for what nobody expected after its test',
      /^FAILED .*\n.*rejection: nobody handles the sixth/,
    ],
    ['7-exits', 'fails where it ends the process', /^FAILED .* 0\/1 .*\n.*ended before its last test/],
    ['8-good', 'runs in another process where one before has ended it', /^ok .* 1\/1 /, /seventh/],
    [
      '9-process',
      'fails where it starts a process',
      /^FAILED .* 0\/1 [^]*was started in a process that test files share/,
    ],
  ]
  for (const [name, does, pattern, other] of files) {
    it(`are not mixed up: ${name} ${does}`, { timeoutMs: 300_000 }, async () => {
      const lines = await told(name)
      assert.match(lines, pattern)
      if (other !== undefined) assert.not.match(lines, other)
    })
  }

  it('have one process, and those after its end another', { timeoutMs: 300_000 }, async () => {
    const ids = [await told('1-good'), await told('8-good')].map(lines => /in (\d+)/.exec(lines)?.[1])
    assert.ok(ids[0] !== undefined && ids[1] !== undefined && ids[0] !== ids[1], String(ids))
    const { printed } = await outcome(
      ['1-good', '8-good'].map(name => `test/fixtures/harness/shared-process/${name}.ts`),
    )
    assert.is(new Set(printed.match(/in \d+/g)).size, 1, printed)
  })
})

describe('the tests of a title', it => {
  it('are run alone, without the files that have none', async () => {
    const fixtures = ['good', 'unexpected'].map(name => `test/fixtures/harness/${name}.ts`)
    const { code, printed } = await outcome(['--grep', '^good › waits', ...fixtures])
    assert.is(lastLine(printed), '1 passed, 0 failed', printed)
    assert.not.match(printed, /unexpected\.ts/)
    assert.is(code, 0)
  })

  it('fail where there is none', async () => {
    const { code, printed } = await outcome(['--grep', 'no such title', 'test/fixtures/harness/good.ts'])
    assert.match(printed, /No test's title matches 'no such title'\.\n0 passed, 1 failed\n$/)
    assert.is(code, 1)
  })

  it('do not hide a file that has no test at all', async () => {
    const { printed } = await outcome(['--grep', 'x', 'test/fixtures/harness/no-describe.ts'])
    assert.match(printed, /ran no describe\(\)/)
  })
})

describe('the stack of an error', it => {
  it('names the line of the source', async () => {
    const { printed } = await fixture('cleanup-throws')
    assert.match(printed, /cleanup-throws\.ts:12:11/)
  })
})

describe('a debugger', it => {
  it('is waited for, in one file', async ({ defer }) => {
    const args = [runner, '--inspect', 'test/fixtures/harness/good.ts']
    const freePort = '--inspect-port=0'
    const child = spawn(process.execPath, args, { env: { ...process.env, CI: '', NODE_OPTIONS: freePort } })
    defer(() => child.kill())
    let printed = ''
    const waits = new Promise<void>(done =>
      child.stderr.on('data', (chunk: Buffer) => {
        printed += chunk.toString()
        if (printed.includes('Debugger listening')) done()
      }),
    )
    await waits
    assert.is(child.exitCode, null)
    assert.match((await outcome(['--inspect', 'test/fixtures'])).printed, /No test file matches/)
    const two = ['good', 'hang'].map(name => `test/fixtures/harness/${name}.ts`)
    assert.match((await outcome(['--inspect', ...two])).printed, /expected one file, got 2/)
  })
})

describe('a run that is cut short', it => {
  const files = (...names: string[]): string[] => names.map(name => `test/fixtures/harness/${name}.ts`)

  it('ends with the first test that fails', async () => {
    const results = await runFiles(files('unexpected', 'good'), { endsAtFailure: true })
    assert.equal(
      results.map(({ file }) => file),
      files('unexpected'),
    )
    assert.not(results.some(isGood))
    assert.is((await runFiles(files('good'), { endsAtFailure: true })).every(isGood), true)
  })

  it('ends with a file that takes too long', async () => {
    const [result] = await runFiles(files('block'), { limitOf: () => 100 })
    assert.equal(result?.problems, ['killed: took longer than 100 ms'])
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'

const folder = resolve(import.meta.dirname, '..')
const read = (name: string): Promise<string> => readFile(resolve(folder, name), 'utf8')
const linesOf = async (name: string): Promise<string[]> => (await read(name)).split('\n')

/** Runs `npm start` and resolves to its output and exit code. */
const start = async ({ defer }: TestContext) => {
  const command = ['--conditions=ackwire-source', '--import', 'tsx', 'main.ts']
  const child = spawn(process.execPath, command, { cwd: folder })
  let printed = ''
  child.stdout.on('data', chunk => (printed += chunk))
  child.stderr.on('data', chunk => (printed += chunk))
  const ended = once(child, 'close')
  defer(() => (child.kill('SIGKILL'), ended))
  const [code] = await ended
  return { code, printed }
}

/** Returns the lines of `longer` that are not in `shorter`, or `undefined` if `shorter`'s lines don't all appear in order. */
const addedTo = (shorter: readonly string[], longer: readonly string[]): string[] | undefined => {
  const rest = [...shorter]
  const added = longer.filter(line => (line === rest[0] ? (rest.shift(), false) : true))
  return rest.length === 0 ? added : undefined
}

describe('the adoption example', it => {
  it('prints the answers of each stage, as in the table of its README', { timeoutMs: 300_000 }, async context => {
    const { code, printed } = await start(context)
    assert.is(code, 0, printed)
    const [head = [], ...rows] = printed
      .trimEnd()
      .split('\n')
      .map(line => line.trim().split(/ {2,}/))
    assert.equal(head, ['before', 'step-1', 'step-2', 'after'])
    const dies = 'process ends, TypeError'
    const refused = (at: string): string[] => Array.from({ length: 3 }, () => `INVALID_INPUT ${at}`)
    assert.equal(rows, [
      ['join "ann"', '["ann"]', '["ann"]', '["ann"]', '["ann"]'],
      ['say {"text":"hello"}', '1', '1', '1', '1'],
      ['read 1', '"hello"', '"hello"', '"hello"', '"hello"'],
      ['join ""', 'no answer', ...refused('/0')],
      ['say {"text":" "}', '{"error":"empty"}', ...refused('/0/text')],
      ['say {"text":5}', dies, ...refused('/0/text')],
      ['say null', dies, ...refused('/0')],
      ['say {"text":"hi"} without ack', dies, 'handled', 'handled', 'handled'],
      ['read "1"', 'no answer', ...refused('/0')],
      ['read 9', 'null', 'INTERNAL', 'INTERNAL', 'NOT_FOUND {"number":9}'],
    ])
    assert.ok((await read('README.md')).includes(`\`\`\`text\n${printed}\`\`\``), printed)
  })

  it('adds three lines in its first step, as in its README, and changes none', async () => {
    const added = addedTo(await linesOf('before.ts'), await linesOf('step-1.ts')) ?? []
    assert.is(added.length, 3)
    assert.ok((await read('README.md')).includes(`\`\`\`diff\n${added.map(line => `> ${line}\n`).join('')}\`\`\``))
  })

  it('ends with less code than it began with', async () => {
    assert.ok((await linesOf('after.ts')).length < (await linesOf('before.ts')).length)
  })
})

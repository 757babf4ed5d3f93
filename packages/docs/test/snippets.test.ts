import { spawnSync } from 'node:child_process'
import { runInNewContext } from 'node:vm'
import { parse } from 'acorn'
import { transformSync } from 'esbuild'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { HOSTILE, INVISIBLE } from './hostile-document.js'
import { toPlain, toPythonCode, toTypeScript } from './writers.js'

/** A call whose every text is hostile. */
const callOf = (text: string, more: object = {}): object => {
  const value = { [text]: [text, { [text]: text }] }
  return {
    event: { name: text, direction: 'input', args: [{}], isAnswered: true, ...more },
    namespace: { name: `/${text}` },
    name: `/${text}`,
    server: { url: `https://a.example/${text}`, path: `/${text}` },
    handshake: { query: { [text]: text }, auth: value, params: { [text]: text } },
    args: [value],
    answer: value,
  }
}

const calls = (text: string): readonly object[] => [
  callOf(text),
  callOf(text, { direction: 'output' }),
  callOf(text, { isErrorFirst: true }),
  callOf(text, { isErrorFirst: true, direction: 'output' }),
  callOf(text, { stream: { item: {}, next: text, value: {} } }),
]

/** The kinds of nodes of a text, in their order: nothing else is in one with another text in its literals. */
const shapeOf = (source: string): string => {
  const { code } = transformSync(source, {
    loader: 'ts',
    supported: { 'template-literal': false },
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  })
  return JSON.stringify(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), (key, value: unknown) =>
    ['start', 'end', 'raw', 'value', 'name', 'computed', 'type'].includes(key) && typeof value !== 'object'
      ? undefined
      : value,
  ).replaceAll(/"key":\{\}/g, '')
}

describe('code for a call of an error-first event', it => {
  const call = (direction: 'input' | 'output', isError = false): object => ({
    event: { name: 'save', direction, args: [{}], isAnswered: true, isErrorFirst: true },
    namespace: { name: '/' },
    name: '/',
    server: undefined,
    handshake: {},
    args: ['a'],
    answer: 5,
    isError,
  })

  it('takes the error and the value of an input', () => {
    assert.ok(
      toPlain(call('input')).includes(
        "socket.emit('save', 'a', (error, value) => {\n  if (error === null || error === undefined) console.log(value)\n  else console.error(error)\n  socket.close()\n})",
      ),
    )
    assert.ok(
      toPythonCode(call('input')).includes(
        'reply = sio.call("save", "a")\nerror, value = reply if isinstance(reply, tuple) else (reply, None)\nprint(value if error is None else error)',
      ),
    )
    const code = toTypeScript(call('input'))
    assert.ok(code.includes("acks: 'error-first'"), code)
    assert.ok(code.includes("const reply = await client.emit.save('a')"), code)
  })

  it("takes an application's own error for an error also if it is empty", () => {
    const [source = ''] = toPlain(call('input')).match(/^socket\.emit[^]*^\}\)/m) ?? []
    for (const [answer, printed] of [
      [[''], 'error '],
      [[0], 'error 0'],
      [[null, 5], 'log 5'],
      [[undefined, 5], 'log 5'],
      [[null, ''], 'log '],
    ] as const) {
      const lines: string[] = []
      const print = (kind: string) => (text: unknown) => lines.push(`${kind} ${String(text)}`)
      const emit = (_: string, __: string, ack: (...values: readonly unknown[]) => void): void => ack(...answer)
      const socket = { emit, close: () => {} }
      runInNewContext(source, { socket, console: { log: print('log'), error: print('error') } })
      assert.equal(lines, [printed], JSON.stringify(answer))
    }
  })

  it('gives null and the value, or the error alone, to an output', () => {
    assert.ok(toPlain(call('output')).includes('ack(null, 5)'))
    assert.ok(toPlain(call('output', true)).includes('ack(5)'))
    assert.ok(toPythonCode(call('output')).includes('    return None, 5\n'))
    assert.ok(toPythonCode(call('output', true)).includes('    return 5\n'))
  })

  it('throws the error of an output where Ackwire answers', () => {
    const failure = { code: 'BUSY', message: 'Later', data: { until: 5 } }
    for (const [answer, line] of [
      [failure, "  throw new EventError('BUSY', { until: 5 }, 'Later')\n"],
      [{ $error: failure }, "  throw new EventError('BUSY', { until: 5 }, 'Later')\n"],
      [{ code: 'GONE', message: 'GONE' }, "  throw new EventError('GONE', undefined, 'GONE')\n"],
      ['No such room', "  throw new Error('No such room')\n"],
      [{ message: 'No', status: 4 }, "  throw new Error('No')\n"],
    ] as const) {
      const code = toTypeScript({ ...call('output', true), answer })
      assert.ok(code.includes(line), code)
      assert.is(
        code.includes("import { createClient, EventError } from '@ackwire/client'"),
        line.includes('EventError'),
      )
    }
    assert.ok(toTypeScript(call('output')).includes('  return 5\n'))
  })
})

describe('code for a call of a hostile document', it => {
  for (const [language, write] of [
    ['TypeScript', toTypeScript],
    ['socket.io-client', toPlain],
  ] as const)
    it(`is ${language} of the same shape as any other, without invisible characters`, () => {
      const shapes = calls('a b').map(call => shapeOf(write(call)))
      // In TypeScript a colon parts groups, and an identifier is a member of another kind.
      for (const text of HOSTILE.filter(each => !each.includes(':'))) {
        for (const [index, call] of calls(text).entries()) {
          const code = write(call)
          assert.not.match(code, INVISIBLE, JSON.stringify(text))
          assert.is(shapeOf(code), shapes[index], JSON.stringify(text))
        }
      }
    })

  const needs = {
    name: 'python3',
    available: () => spawnSync('python3', ['--version']).status === 0,
    install: 'apt-get install -y python3',
  }
  it('is Python with those strings as literals, without invisible characters', { needs }, () => {
    const sources = HOSTILE.flatMap(text => calls(text).map(call => ({ text, code: toPythonCode(call) })))
    for (const { text, code } of sources) assert.not.match(code, INVISIBLE, JSON.stringify(text))
    const checker = `
import ast, json, sys
for each in json.load(sys.stdin):
    tree = ast.parse(each['code'])
    assert {type(node).__name__ for node in tree.body} <= {'Import', 'Assign', 'Expr', 'While', 'FunctionDef'}, each
    text = each['text'].encode('utf-16', 'surrogatepass').decode('utf-16', 'surrogatepass')
    assert any(isinstance(node, ast.Constant) and node.value == text for node in ast.walk(tree)), each
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert 'globalThis' not in names, each
`
    const { status, stderr } = spawnSync('python3', ['-c', checker], {
      input: JSON.stringify(sources),
      encoding: 'utf8',
    })
    assert.is(status, 0, stderr)
  })
})

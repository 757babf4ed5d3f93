import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { attach } from '@ackwire/core/server'
import * as docs from '@ackwire/docs'
import { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { eventually } from '../../../test/browser.js'
import { sources } from '../../../test/sources.js'
import { api } from './fixtures/snippets/contract.js'
import { createApi } from '../src/page/document/api.js'
import { initialOf, noteFile, toPlain, toPythonCode, toTypeScript, typedCall } from './writers.js'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../../..')
const fixture = join(import.meta.dirname, 'fixtures/snippets')
const file = Uint8Array.from({ length: 500 }, (_, index) => index % 256)

/** A call of each kind: what is sent, what the server then hears, and what the code prints in each language. */
interface Call {
  readonly id: string
  readonly args?: readonly unknown[]
  readonly heard: readonly unknown[]
  readonly printed: readonly string[]
  readonly printedByPython?: readonly string[]
}

const CALLS: readonly Call[] = [
  { id: 'receive_note', args: ['a "note"'], heard: ['a "note"'], printed: [] },
  { id: 'receive_nothing', heard: [], printed: [] },
  { id: 'receive_touch', heard: [], printed: ['undefined'], printedByPython: ['None'] },
  { id: 'receive_add', args: [1, 2], heard: [1, 2], printed: ['3'] },
  { id: 'receive_store', args: ['a.bin', noteFile(file, 'a.bin')], heard: ['a.bin', '500 of 62286'], printed: ['500'] },
  { id: 'receive_pixels', args: [file.slice(0, 300)], heard: ['300 of 33586'], printed: [] },
  { id: 'receive_pixels', args: [Uint8Array.of(1, 2, 3)], heard: ['3 of 6'], printed: [] },
  {
    id: 'receive_sign',
    args: [{ name: 'Ann' }],
    heard: [{ name: 'Ann', tags: [] }],
    printed: ["{ hello: 'Ann' }"],
    printedByPython: ["{'hello': 'Ann'}"],
  },
  {
    id: 'receive_sign',
    args: [{ name: 'Bob', tags: ['x'] }],
    heard: [{ name: 'Bob', tags: ['x'] }],
    printed: ["TAKEN { by: 'Bob' }"],
    printedByPython: ["{'$error': {'code': 'TAKEN', 'message': 'TAKEN', 'data': {'by': 'Bob'}}}"],
  },
  { id: 'receive_todo_create', args: ['milk'], heard: ['milk'], printed: ['7'] },
  {
    id: 'receive_count',
    args: [2],
    heard: [2],
    printed: ['{ left: 2 }', '{ left: 1 }'],
    printedByPython: ["{'left': 2}", "{'left': 1}"],
  },
  { id: 'receive_talk', args: ['hi'], heard: ['hi'], printed: ['HI'] },
  { id: 'receive_save', args: ['ok'], heard: ['ok'], printed: ['9'] },
  { id: 'game_id_receive_move', args: [4], heard: [4], printed: ['42 4'] },
  { id: 'staff_receive_who', heard: [], printed: ['secret en'] },
]

const LISTENERS: readonly { readonly id: string; readonly answer?: unknown; readonly printed: readonly string[] }[] = [
  { id: 'send_hello', printed: ['hello 1'] },
  { id: 'send_pair', printed: ['pair 2'] },
  { id: 'send_talk', printed: ['talk 3'] },
  { id: 'send_probe', answer: { at: 5 }, printed: ['probe 4'] },
  { id: 'game_id_send_moved', printed: ['moved 42'] },
]

const shown = (value: unknown): unknown =>
  value instanceof Uint8Array ? `${value.length} of ${value.reduce((sum, byte) => sum + byte, 0)}` : value

/** Starts the server of the contract, which notes what it hears and what it is answered. */
const start = async ({ defer }: TestContext) => {
  const http = createServer()
  const io = new Server(http)
  const heard: [name: string, ...args: unknown[]][] = []
  const answered: unknown[] = []
  const server = attach(io, api)
  const note = (name: string, input: unknown): void => {
    heard.push([name, ...(input === undefined ? [] : [input].flat()).map(shown)])
  }
  const on = server.on
  on.note(({ input }) => note('note', input))
  on.nothing(() => note('nothing', undefined))
  on.touch(() => note('touch', undefined))
  on.add(({ input }) => {
    note('add', input)
    return input[0] + input[1]
  })
  on.store(({ input }) => {
    note('store', input)
    return input[1].length
  })
  on.pixels(({ input }) => note('pixels', input))
  on.sign(({ input, fail }) => {
    note('sign', input)
    return input.name === 'Bob' ? fail('TAKEN', { by: 'Bob' }) : { hello: input.name }
  })
  on.todo.create(({ input }) => {
    note('todo:create', input)
    return 7
  })
  on.count(async function* ({ input }) {
    note('count', input)
    for (let left = input; left > 0; left--) yield { left }
  })
  on.talk(({ input }) => {
    note('talk', input)
    return input.toUpperCase()
  })
  on.save(({ input }) => {
    note('save', input)
    return 9
  })
  server.of('/game-{id}').on.move(({ input, params }) => {
    note('move', input)
    return `${params.id} ${input}`
  })
  const staff = server.of('/staff').authenticate(({ auth }) => ({ said: `${auth.token} ${auth.lang}` }))
  staff.on.who(({ data }) => {
    note('who', undefined)
    return data.said
  })
  io.on('connection', socket => {
    socket.emit('hello', 'hello 1')
    socket.emit('pair', 'pair', 2)
    socket.emit('talk', 'talk 3')
    socket.emit('probe', 'probe 4', (...answer: unknown[]) => {
      // The client of Python also answers what it has no listener for.
      if (answer.length > 0) answered.push(...answer)
    })
  })
  server.of('/game-{id}').on.connection(({ socket, emit }) => emit.moved(`moved ${socket.nsp.name.slice(6)}`))
  await new Promise<void>(listening => http.listen(0, '127.0.0.1', listening))
  defer(() => io.close())
  const { port } = Object(http.address())
  return { url: `http://127.0.0.1:${String(port)}`, heard, answered }
}

const shownApi = createApi(docs.document(api))

/** Returns a call as the page passes it to the writers of code. */
const callOf = (url: string, id: string, args: readonly unknown[], answer?: unknown) => {
  const event = shownApi.events.get(id)
  const namespace = shownApi.namespaces.find(({ key }) => key === event?.channel)
  assert.ok(event !== undefined && namespace !== undefined, id)
  const { resolve: resolved } = shownApi
  const auth: unknown =
    namespace.auth === undefined ? undefined : { ...Object(initialOf(namespace.auth, resolved)), token: 'secret' }
  return {
    event,
    namespace,
    name: namespace.name.replace('{id}', '42'),
    server: { title: '', url, path: '/socket.io/' },
    handshake: {
      server: 0,
      params: namespace.name.includes('{') ? { id: '42' } : {},
      auth,
      query: undefined,
    },
    args,
    answer,
    isError: false,
  }
}

const LANGUAGES = {
  TypeScript: { write: toTypeScript, end: 'ts' },
  'socket.io-client': { write: toPlain, end: 'mjs' },
  Python: { write: toPythonCode, end: 'py' },
} as const
type Language = keyof typeof LANGUAGES

/** Writes a file for each code into a folder in which the packages are installed. */
const writeFiles = ({ defer }: TestContext, language: Language, calls: readonly ReturnType<typeof callOf>[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'ackwire-snippets-'))
  defer(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'node_modules/@ackwire'), { recursive: true })
  mkdirSync(join(folder, 'node_modules/@sinclair'))
  const link = (to: string, name: string): void => symlinkSync(join(root, to), join(folder, 'node_modules', name))
  for (const name of ['core', 'client']) link(`packages/${name}`, `@ackwire/${name}`)
  link('packages/core/node_modules/@sinclair/typebox', '@sinclair/typebox')
  link('packages/client/node_modules/socket.io-client', 'socket.io-client')
  link('node_modules/@types', '@types')
  symlinkSync(join(fixture, 'contract.ts'), join(folder, 'contract.ts'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'a.bin'), file)
  const { write, end } = LANGUAGES[language]
  const files = calls.map((call, index) => {
    const path = join(folder, `call${index}.${end}`)
    writeFileSync(path, write(language === 'TypeScript' ? typedCall(call, shownApi.resolve) : call))
    return path
  })
  return { folder, files }
}

// Debian's python3-socketio is installed for Debian's Python.
const python = ['python3', '/usr/bin/python3'].find(
  each => spawnSync(each, ['-c', 'import socketio, requests, websocket']).status === 0,
)
const needs = {
  name: 'python3-socketio',
  available: python !== undefined,
  install: 'apt-get install -y python3-socketio python3-requests python3-websocket',
}

/** Returns a program that runs the files as they are, one after the other or, for those that do not end, all at once. */
const programOf = (language: Language, files: readonly string[], atOnce: boolean): [string, ...string[]] => {
  if (language === 'Python') {
    const each = atOnce ? 'threading.Thread(target=runpy.run_path, args=(file,)).start()' : 'runpy.run_path(file)'
    return [
      python ?? 'python3',
      '-u',
      '-c',
      `import runpy, sys, threading\nfor file in sys.argv[1:]: ${each}`,
      ...files,
    ]
  }
  const urls = JSON.stringify(files.map(each => pathToFileURL(each).href))
  return [process.execPath, ...sources, '--input-type=module', '-e', `for (const url of ${urls}) await import(url)`]
}

const linesOf = (text: string): readonly string[] => text.split('\n').filter(line => line !== '')

describe("the page's code, as it stands", it => {
  for (const language of ['TypeScript', 'socket.io-client', 'Python'] as const) {
    const options = { timeoutMs: 400_000, ...(language === 'Python' ? { needs } : {}) }
    it(`calls every kind of input in ${language}, and ends`, options, async context => {
      const { url, heard } = await start(context)
      const { folder, files } = writeFiles(
        context,
        language,
        CALLS.map(({ id, args = [] }) => callOf(url, id, args)),
      )
      const [program, ...args] = programOf(language, files, false)
      const { stdout, stderr } = await run(program, args, { cwd: folder, timeout: 300_000 })
      const names = CALLS.map(({ id }) => shownApi.events.get(id)?.name)
      // In any order, since each call has a connection of its own, and not all wait for an ack.
      const expected = CALLS.map((call, index) => JSON.stringify([names[index], ...call.heard])).toSorted()
      await eventually(() => assert.equal(heard.map(call => JSON.stringify(call)).toSorted(), expected))
      const printed = CALLS.flatMap(call => (language === 'Python' && call.printedByPython) || call.printed)
      const isError = language === 'Python' ? () => false : (line: string) => line.startsWith('TAKEN')
      assert.equal(linesOf(stdout).toSorted(), printed.filter(line => !isError(line)).toSorted())
      if (language === 'TypeScript') assert.match(stderr, "TAKEN { by: 'Bob' }")
    })

    it(`listens to every kind of output in ${language}, and answers`, options, async context => {
      const { url, answered } = await start(context)
      const calls = LISTENERS.map(({ id, answer }) => callOf(url, id, [], answer))
      const { folder, files } = writeFiles(context, language, calls)
      const [program, ...args] = programOf(language, files, true)
      const child: ChildProcess = spawn(program, args, { cwd: folder })
      context.defer(() => void child.kill())
      let said = ''
      child.stdout?.on('data', data => (said += String(data)))
      child.stderr?.on('data', data => (said += String(data)))
      await eventually(() => {
        const words = said.replaceAll(/[(),']/g, ' ').replaceAll(/ +/g, ' ')
        for (const { printed } of LISTENERS) for (const line of printed) assert.ok(words.includes(line), said)
        assert.equal(answered, [{ at: 5 }])
      })
    })
  }

  it('compiles in TypeScript', { timeoutMs: 400_000 }, async context => {
    const calls = [
      ...CALLS.map(({ id, args = [] }) => callOf('http://localhost', id, args)),
      ...LISTENERS.map(({ id, answer }) => callOf('http://localhost', id, [], answer)),
    ]
    const { folder, files } = writeFiles(context, 'TypeScript', calls)
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const flags =
      '--ignoreConfig --noEmit --strict --skipLibCheck --target es2023 --module nodenext --customConditions ackwire-source --allowImportingTsExtensions --types node'
    const compiled = await run(process.execPath, [tsc, ...flags.split(' '), ...files], { cwd: folder }).catch(
      ({ stdout }) => stdout,
    )
    assert.equal(compiled, { stdout: '', stderr: '' })
  })
})

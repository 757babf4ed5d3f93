import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript-6'
import * as assert from 'uvu/assert'
import { describe } from './harness.js'

const root = resolve(import.meta.dirname, '..')
const folder = join(root, 'packages/client/test')
const contractFile = join(folder, 'virtual-contract.ts')
const callsFile = join(folder, 'virtual-calls.ts')

const CONTRACT = `import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

export const api = router({
  /** Client to server: makes an account. */
  user_sign_up: event.input(Type.Object({ email: Type.String() })).ack(Type.Object({ id: Type.Integer() })),
  /** Server to client: a user has joined. */
  user_joined: event.output(Type.Object({ name: Type.String() })),
  todo: router({
    /** Adds an entry. */
    create: event.input(Type.String()).ack(Type.Integer()),
    created: event.output(Type.Integer()),
  }),
  quiet: router({ tick: event.output() }),
  move: event.input(Type.Integer(), Type.Integer()),
  '/admin': router({
    ban: event.input(Type.String()),
    banned: event.output(Type.String()),
  }),
})
`

const CALLS = `import { createClient } from '@ackwire/client'
import { attach } from '@ackwire/core/server'
import { Server } from 'socket.io'
import { api } from './virtual-contract.js'

const client = createClient<typeof api>()
const server = attach(new Server(), api)

client.emit.user_sign_up({ email: '' })
client.emit.todo.create('milk')
client.on.user_joined(() => {})
client.on.todo.created(() => {})
client.once.user_joined()
client.volatile.emit.move(1, 2)
client.of('/admin').emit.ban('bob')
client.of('/admin').on.banned(() => {})
server.on.user_sign_up(() => ({ id: 1 }))
server.on.todo.create(() => 1)
server.on.connection(({ emit }) => emit.user_joined({ name: 'Bob' }))
server.emit.user_joined({ name: 'Bob' })
server.to('x').emit.todo.created(1)
server.of('/admin').on.ban(() => {})
server.of('/admin').emit.banned('bob')
`

/** Creates the editor's language service over the workspace's files and the two above. */
const createService = (): ts.LanguageService => {
  const read = ts.readConfigFile(join(root, 'tsconfig.types.json'), path => ts.sys.readFile(path))
  const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, root)
  const virtual = new Map([
    [contractFile, CONTRACT],
    [callsFile, CALLS],
  ])
  const readFile = (path: string) => virtual.get(resolve(path)) ?? ts.sys.readFile(path)
  return ts.createLanguageService({
    getScriptFileNames: () => [...virtual.keys()],
    getScriptVersion: () => '0',
    getScriptSnapshot(path) {
      const source = readFile(path)
      return source === undefined ? undefined : ts.ScriptSnapshot.fromString(source)
    },
    getCompilationSettings: () => options,
    getCurrentDirectory: () => root,
    getDefaultLibFileName: given => ts.getDefaultLibFilePath(given),
    fileExists: path => virtual.has(resolve(path)) || ts.sys.fileExists(path),
    readFile,
    directoryExists: path => ts.sys.directoryExists(path),
    realpath: path => (ts.sys.realpath === undefined ? path : ts.sys.realpath(path)),
  })
}

let shared: ts.LanguageService | undefined
const service = (): ts.LanguageService => (shared ??= createService())
const patient = { timeoutMs: 300_000 }

/** Returns the position of the last word of an expression in the calls. */
const positionOf = (expression: string): number => {
  const start = CALLS.indexOf(`${expression}(`)
  assert.is.not(start, -1, `the calls have no ${expression}`)
  return start + expression.lastIndexOf('.') + 1
}

/** Returns the definitions of an expression, each as `FILE LINE`. */
const definitionsOf = (expression: string): string[] =>
  (service().getDefinitionAtPosition(callsFile, positionOf(expression)) ?? []).map(({ fileName, textSpan }) => {
    const source = fileName === contractFile ? CONTRACT : readFileSync(fileName, 'utf8')
    const { start } = textSpan
    const line = source.slice(source.lastIndexOf('\n', start) + 1, source.indexOf('\n', start))
    return `${fileName.slice(folder.length + 1)} ${line.trim()}`
  })

/** Pairs of an expression and the beginning of the line that defines it. */
const DEFINITIONS = [
  ['client.emit.user_sign_up', 'user_sign_up: event.input('],
  ['client.emit.todo.create', 'create: event.input('],
  ['client.on.user_joined', 'user_joined: event.output('],
  ['client.on.todo.created', 'created: event.output('],
  ['client.once.user_joined', 'user_joined: event.output('],
  ['client.volatile.emit.move', 'move: event.input('],
  ["client.of('/admin').emit.ban", 'ban: event.input('],
  ["client.of('/admin').on.banned", 'banned: event.output('],
  ['server.on.user_sign_up', 'user_sign_up: event.input('],
  ['server.on.todo.create', 'create: event.input('],
  ['=> emit.user_joined', 'user_joined: event.output('],
  ['server.emit.user_joined', 'user_joined: event.output('],
  ["server.to('x').emit.todo.created", 'created: event.output('],
  ["server.of('/admin').on.ban", 'ban: event.input('],
  ["server.of('/admin').emit.banned", 'banned: event.output('],
] as const

describe('go to definition', it => {
  it('uses a file without type errors', patient, () => {
    for (const file of [contractFile, callsFile]) {
      const found = [...service().getSyntacticDiagnostics(file), ...service().getSemanticDiagnostics(file)]
      assert.equal(
        found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
        [],
      )
    }
  })

  for (const [expression, line] of DEFINITIONS) {
    it(`leads from ${expression} to the event's line in the contract, and nowhere else`, patient, () => {
      const found = definitionsOf(expression)
      assert.is(found.length, 1, `${found.length} definitions: ${found.join('; ')}`)
      assert.ok(found[0]?.startsWith(`virtual-contract.ts ${line}`), found[0])
    })
  }

  it('leads from a group to its line in the contract', patient, () => {
    const [group] = service().getDefinitionAtPosition(callsFile, positionOf('client.emit.todo.create') - 2) ?? []
    assert.is(CONTRACT.slice(group?.textSpan.start).split(':')[0], 'todo')
  })
})

/** Returns the names offered after the last dot of an expression. */
const completionsAt = (expression: string): string[] =>
  (service().getCompletionsAtPosition(callsFile, positionOf(expression), {})?.entries ?? []).map(({ name }) => name)

describe('completion', it => {
  const CASES = [
    ['client.emit.user_sign_up', ['move', 'todo', 'user_sign_up']],
    ['client.emit.todo.create', ['create']],
    ['client.on.user_joined', ['connect', 'connect_error', 'disconnect', 'quiet', 'todo', 'user_joined']],
    ['client.once.user_joined', ['connect', 'connect_error', 'disconnect', 'quiet', 'todo', 'user_joined']],
    ["client.of('/admin').emit.ban", ['ban']],
    ['server.emit.user_joined', ['quiet', 'todo', 'user_joined']],
    ['server.on.user_sign_up', ['connection', 'disconnect', 'disconnecting', 'move', 'todo', 'user_sign_up']],
    ["server.of('/admin').emit.banned", ['banned']],
  ] as const

  for (const [expression, names] of CASES) {
    it(`offers exactly the expected names at ${expression.replace(/\w+$/, '')}`, patient, () => {
      assert.equal(completionsAt(expression).toSorted(), names)
    })
  }
})

/** Returns the editor's hover for the last word of an expression. */
const hoverOn = (expression: string): { readonly type: string; readonly comment: string } => {
  const info = service().getQuickInfoAtPosition(callsFile, positionOf(expression))
  return {
    type: ts.displayPartsToString(info?.displayParts).replaceAll(/\s+/g, ' '),
    comment: ts.displayPartsToString(info?.documentation),
  }
}

describe('hover', it => {
  it('shows the argument, the answer and the contract’s comment on a call', patient, () => {
    const { type, comment } = hoverOn('client.emit.user_sign_up')
    assert.match(type, 'user_sign_up: (value: { email: string; }) => Call<{ id: number; }, {}>')
    assert.is(comment, 'Client to server: makes an account.')
  })

  it('shows the comment of an event in a group', patient, () => {
    const { type, comment } = hoverOn('client.emit.todo.create')
    assert.match(type, 'create: (value: string) => Call<number, {}>')
    assert.is(comment, 'Adds an entry.')
  })

  it('shows the same comment where the server emits and where the client listens', patient, () => {
    for (const expression of ['server.emit.user_joined', 'client.on.user_joined', 'client.once.user_joined'])
      assert.is(hoverOn(expression).comment, 'Server to client: a user has joined.')
    assert.match(hoverOn('server.emit.user_joined').type, 'user_joined: (value: { name: string; }) => void')
  })

  it('shows the comment where the server handles', patient, () => {
    assert.is(hoverOn('server.on.user_sign_up').comment, 'Client to server: makes an account.')
  })
})

import { join, resolve } from 'node:path'
import ts from 'typescript-6'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const root = resolve(import.meta.dirname, '../../..')
const file = join(import.meta.dirname, 'virtual-classes.ts')

const HEAD = `import { event, router, type ContractOf } from '@ackwire/core'
import { attach, type Handlers } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
const contract = router({
  say: event.input(Type.String()).ack(Type.Integer()),
  ping: event.input(),
  todo: router({ create: event.input(Type.String()).ack(Type.Integer()) }),
  '/admin': router({ ban: event.input(Type.Integer()) }),
})
interface Api extends ContractOf<typeof contract> {}
const api: Api = contract
const server = attach(new Server(), api)
type Chat = Handlers<typeof server>
const rest = { '/admin': { ban() {} } }
`

/** Each class with the last line of the error that the compiler prints for it. */
const CLASSES: readonly (readonly [mistake: string, code: string, message: RegExp])[] = [
  [
    'missing methods',
    `class Some { ping() {}; readonly '/admin' = rest['/admin'] }
    server.handle(new Some())`,
    /^Type 'Some' is missing the following properties from type 'NamespaceHandlers<Api, RootContext<Api>>': say, todo$/,
  ],
  [
    'a missing method of a group',
    `class Some { say() { return 1 } ping() {}; todo = {}; readonly '/admin' = rest['/admin'] }
    server.handle(new Some())`,
    /^Property 'create' is missing in type '{}' but required in type 'GroupHandlers<Api, .*>'\.$/,
  ],
  [
    'a missing namespace',
    `class Some { say() { return 1 } ping() {}; todo = { create: () => 1 } }
    server.handle(new Some())`,
    /^Property '"?\/admin"?' is missing in type 'Some' but required in type .*\.$/,
  ],
  [
    'a wrong reply',
    `class Some { say({ input }: Parameters<Chat['say']>[0]) { return input } ping() {}; todo = { create: () => 1 }; readonly '/admin' = rest['/admin'] }
    server.handle(new Some())`,
    /^Type 'string' is not assignable to type 'ValueOrPromise<number>'\.$/,
  ],
  [
    'the argument of another event',
    `class Some { say({ input }: Parameters<Chat['/admin']['ban']>[0]) { return input } ping() {}; todo = { create: () => 1 }; readonly '/admin' = rest['/admin'] }
    server.handle(new Some())`,
    /^Type 'string' is not assignable to type 'number'\.$/,
  ],
  [
    'missing methods, where it implements the handlers',
    `class Some implements Chat { ping() {}; readonly '/admin' = rest['/admin'] }
    new Some()`,
    /^Type 'Some' is missing the following properties from type 'NamespaceHandlers<Api, RootContext<Api>>': say, todo$/,
  ],
]

/** Returns the errors that the compiler finds in a source, each by its last line. */
const errorsOf = (source: string): string[] => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.types.json'), path => ts.sys.readFile(path))
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = path => path === file || fileExists(path)
  host.getSourceFile = (path, version, ...more) =>
    path === file ? ts.createSourceFile(path, source, version) : getSourceFile(path, version, ...more)
  const program = ts.createProgram([file], options, host)
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n').split('\n').at(-1)?.trim() ?? '')
}

describe('the compiler says of a class of handlers', it => {
  it('what is wrong with it, by the names of its methods', { timeoutMs: 300_000 }, () => {
    const found = errorsOf(HEAD + CLASSES.map(([, code]) => `{ ${code} }`).join('\n'))
    assert.is(found.length, CLASSES.length, found.join('\n'))
    for (const [at, [mistake, , message]] of CLASSES.entries()) assert.match(found[at] ?? '', message, mistake)
  })
})

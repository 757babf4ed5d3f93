import { rmSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { describe, shared } from '../../test/harness.js'
import { positionOf, type LanguageService } from '../editor/service.js'
import { typescript5, typescript6 } from '../editor/tsserver.js'
import { typescript7 } from '../editor/typescript-7.js'
import { write } from '../types/compile.js'

const contractOf = (named: boolean): string => `import { event, router, type ContractOf } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

export const contract = router({
  user_sign_up: event
    .input(Type.Object({ email: Type.String(), password: Type.String(), title: Type.Optional(Type.String()) }))
    .ack(Type.Object({ success: Type.Boolean() }))
    .errors({ EMAIL_TAKEN: Type.Object({ suggestion: Type.String() }) }),
  user_joined: event.output(Type.Object({ name: Type.String(), age: Type.Optional(Type.Integer()) })),
  move: event.input(Type.Integer(), Type.Optional(Type.Integer())).ack(),
  todo: router({
    create: event.input(Type.Object({ title: Type.String() })).ack(Type.Integer()),
    created: event.output(Type.Object({ title: Type.String() })),
  }),
  '/game-{id}': router({ play: event.input(Type.Integer()).ack(Type.Boolean()) }),
}, { auth: Type.Object({ token: Type.String() }) })
${named ? 'export interface Api extends ContractOf<typeof contract> {}\nexport const api: Api = contract' : 'export const api = contract'}
`

const SERVER = `import { attach } from '@ackwire/core/server'
import { Server } from 'socket.io'
import { api } from './contract.js'

const server = attach(new Server(), api)
server.on.user_sign_up(({ input }) => ({ success: input.email !== '' }))
server.emit.user_joined({ name: '' })
server.to('x').emit.user_joined({ name: '' })
server.of('/game-{id}').on.play(() => true)
`

const CLIENT = `import { createClient } from '@ackwire/client'
import type { api } from './contract.js'

const client = createClient<typeof api>({ auth: { token: '' } })
void client.emit.user_sign_up({ email: '', password: '' })
client.on.user_joined(user => user.age)
void client.emit.move(1, 2)
void client.emit.todo.create({ title: '' })
`

const MISTAKES = `import { createClient } from '@ackwire/client'
import type { api } from './contract.js'
import type { ServerOf } from '@ackwire/core/server'

const client = createClient<typeof api>({ auth: { token: '' } })
declare const server: ServerOf<typeof api>
client.emit.user_sgin_up()
client.on.user_joind(() => {})
client.emit.todo.crate()
server.on.user_sgin_up(() => {})
server.to('x').emit.user_joind()
`

const MISTAKEN_OPTION = `import { createClient } from '@ackwire/client'
import type { api } from './contract.js'

createClient<typeof api>('http://localhost', { auth: { tokn: '' } })
`

/** The hovered names, each by its file and the text that ends with it. */
const HOVERED: readonly (readonly [name: string, file: string, before: string])[] = [
  ['an event of the contract', 'contract.ts', 'user_sign_up'],
  ['server', 'server.ts', 'const server'],
  ['server.on', 'server.ts', 'server.on'],
  ['server.on.user_sign_up', 'server.ts', 'server.on.user_sign_up'],
  ["a handler's input", 'server.ts', '({ input'],
  ['server.emit', 'server.ts', 'server.emit'],
  ["server.to('x').emit", 'server.ts', "server.to('x').emit"],
  ['client', 'client.ts', 'const client'],
  ['client.emit', 'client.ts', 'client.emit'],
  ['client.emit.user_sign_up', 'client.ts', 'client.emit.user_sign_up'],
  ['client.emit.todo', 'client.ts', 'client.emit.todo'],
  ['client.on', 'client.ts', 'client.on'],
  ['client.on.user_joined', 'client.ts', 'client.on.user_joined'],
]

const SERVICES = new Map<string, (folder: string) => LanguageService | Promise<LanguageService>>([
  ['5.9', typescript5],
  ['6', typescript6],
  ['7', typescript7],
])

/** The most that is shown where the contract has no name: TypeScript cuts each type off at 500 characters. */
const UNNAMED = 1_200

const patient = { timeoutMs: 300_000 }

/** A program with a named contract and one without a name, which an editor reads once. */
const FILES: Readonly<Record<string, string>> = {
  'contract.ts': contractOf(true),
  'server.ts': SERVER,
  'client.ts': CLIENT,
  'mistakes.ts': MISTAKES,
  'option.ts': MISTAKEN_OPTION,
  'unnamed-contract.ts': contractOf(false),
  'unnamed-server.ts': SERVER.replace('./contract.js', './unnamed-contract.js'),
  'unnamed-client.ts': CLIENT.replace('./contract.js', './unnamed-contract.js'),
}

for (const [version, start] of SERVICES)
  describe(`an editor with TypeScript ${version}`, it => {
    const editor = shared({
      async open() {
        const folder = write(FILES)
        const service = await start(folder)
        for (const [file, text] of Object.entries(FILES)) await service.open(file, text)
        return { folder, service }
      },
      isUsable: () => true,
      close({ folder, service }) {
        service.close()
        rmSync(folder, { recursive: true })
      },
    })
    const errors = async (file: string): Promise<readonly string[]> => (await editor()).service.errors(file)
    const hover = async (file: string, before: string): Promise<string> => {
      const { service } = await editor()
      const shown = await service.hover(file, positionOf(FILES[file] ?? '', before, before.length - 1))
      // Without the lines' indentation. A comment follows behind an empty line.
      return (shown.split('\n\n')[0] ?? '').replaceAll(/\s+/g, ' ')
    }

    it('shows at most 200 characters of what has a named contract, and 215 of an event in it', patient, async () => {
      const long: string[] = []
      for (const [name, file, before] of HOVERED) {
        const shown = await hover(file, before)
        assert.ok(shown.includes(before.match(/\w+$/)?.[0] ?? ''), `${name}: ${shown}`)
        if (shown.length > (name === 'an event of the contract' ? 215 : 200))
          long.push(`${name}, ${shown.length}: ${shown}`)
      }
      assert.equal(long, [])
    })

    it('shows the whole contract, cut off, of what has one without a name', patient, async () => {
      for (const [name, file, before] of HOVERED) {
        const shown = await hover(`unnamed-${file}`, before)
        assert.ok(shown.length <= UNNAMED, `${name}, ${shown.length}: ${shown}`)
      }
    })

    it('shows an object with optional properties as one object, and names of arguments', patient, async () => {
      const input = '{ email: string; password: string; title?: string; }'
      assert.ok((await hover('server.ts', '({ input')).includes(`input: ${input}`))
      const called = await hover('client.ts', 'client.emit.user_sign_up')
      assert.ok(called.includes(`(value: ${input}) =>`), called)
      const move = await hover('client.ts', 'client.emit.move')
      assert.ok(/\(first: number, second\?: number( \| undefined)?\) =>/.test(move), move)
    })

    it('says in a line that an event is misspelt', patient, async () => {
      const messages = await errors('mistakes.ts')
      assert.equal(
        messages.map(message => message.match(/Did you mean '(\w+)'/)?.[1]),
        ['user_sign_up', 'user_joined', 'create', 'user_sign_up', 'user_joined'],
      )
      for (const message of messages) assert.ok(message.length <= 110, message)
    })

    it('names a misspelt key of auth, not another overload', patient, async () => {
      const [message = '', ...more] = await errors('option.ts')
      assert.match(message, /'tokn' does not exist in type/)
      assert.ok(message.length <= 300, message)
      assert.equal(more, [])
    })
  })

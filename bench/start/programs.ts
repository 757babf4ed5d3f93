/** A server and a client that makes one call, each as the source of a module that imports what an application would. */
interface Programs {
  readonly server: string
  readonly client: string
}

const listening = `http.listen(0, '127.0.0.1', () => process.send({ port: http.address().port }))
process.on('disconnect', () => process.exit())`
const INPUT = `{ email: 'bob@example.com', password: 'secret' }`

const socketIo = (imports: string, bind: string): string => `import { createServer } from 'node:http'
import { Server } from 'socket.io'
${imports}
const http = createServer()
const io = new Server(http, { transports: ['websocket'] })
${bind}
${listening}`

/** The schemas, with TypeBox from `module`. */
const schemas = (module: string): string => `import { Type } from '${module}'
const Input = Type.Object({ email: Type.String(), password: Type.String({ minLength: 6 }) })
const Reply = Type.Object({ success: Type.Boolean() })`
const SCHEMAS = schemas('@ackwire/core/typebox')
const ZOD = `import { z } from 'zod/v4'
const Input = z.object({ email: z.string(), password: z.string().min(6) })
const Reply = z.object({ success: z.boolean() })`
const ACKWIRE = `import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'`

const connected = `import { io } from 'socket.io-client'
const socket = io('http://127.0.0.1:' + process.argv[2], { transports: ['websocket'] })`
const plainClient = `${connected}
process.send(await socket.emitWithAck('sign_up', ${INPUT}))`
const ackwireClient = `import { createClient } from '@ackwire/client'
const client = createClient('http://127.0.0.1:' + process.argv[2], { transports: ['websocket'] })
process.send(await client.emit.sign_up(${INPUT}))`

const oneEvent = (schemas: string): Programs => ({
  server: socketIo(
    `${ACKWIRE}
${schemas}`,
    `attach(io, router({ sign_up: event.input(Input).ack(Reply) })).on.sign_up(() => ({ success: true }))`,
  ),
  client: ackwireClient,
})

/** Returns programs with additional events, each with its own schemas and, if given, a handler. */
const manyEvents = (count: number, handlers: string): Programs => ({
  server: socketIo(
    `${ACKWIRE}
${SCHEMAS}
const names = Array.from({ length: ${count} }, (_, at) => 'event' + at)
const others = names.map(name => [name, event.input(Type.Object({ [name]: Type.String(), tags: Type.Array(Type.String()) })).ack(Type.Object({ ['id_' + name]: Type.Integer() }))])`,
    `const server = attach(io, router({ sign_up: event.input(Input).ack(Reply), ...Object.fromEntries(others) }))
server.on.sign_up(() => ({ success: true }))
${handlers}`,
  ),
  client: ackwireClient,
})

const plain: Programs = {
  server: socketIo('', `io.on('connection', socket => socket.on('sign_up', (input, ack) => ack({ success: true })))`),
  client: plainClient,
}

/** The baseline of all ratios. */
export const BASE = 'Socket.IO, no check'

/** Every contender, with the call `sign_up`. All but the first two check its input and reply. */
export const CONTENDERS: ReadonlyMap<string, Programs> = new Map([
  [BASE, plain],
  ['the same again', plain],
  [
    'Socket.IO, checks by hand',
    {
      server: socketIo(
        `import { TypeCompiler } from '@sinclair/typebox/compiler'
${schemas('@sinclair/typebox')}
const [input, output] = [TypeCompiler.Compile(Input), TypeCompiler.Compile(Reply)]`,
        `io.on('connection', socket => socket.on('sign_up', (value, ack) => {
  const reply = { success: true }
  ack(input.Check(value) && output.Check(reply) ? reply : { error: 'invalid' })
}))`,
      ),
      client: plainClient,
    },
  ],
  ['ackwire', oneEvent(SCHEMAS)],
  ["ackwire, with the application's TypeBox", oneEvent(schemas('@sinclair/typebox'))],
  ['ackwire, 1,000 more events', manyEvents(1_000, '')],
  [
    'ackwire, 1,000 more events with handlers',
    manyEvents(1_000, `for (const name of names) server.on[name](() => ({ ['id_' + name]: 1 }))`),
  ],
  [
    'zod-sockets',
    {
      server: `import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { z } from 'zod'
import { ActionsFactory, attachSockets, createSimpleConfig } from 'zod-sockets'
const config = createSimpleConfig({ startupLogo: false })
const signUp = new ActionsFactory(config).build({
  event: 'sign_up',
  input: z.tuple([z.object({ email: z.string(), password: z.string().min(6) })]),
  output: z.tuple([z.object({ success: z.boolean() })]),
  handler: async () => [{ success: true }],
})
const silent = { debug() {}, info() {}, warn() {}, error() {} }
const http = createServer()
await attachSockets({ io: new Server({ transports: ['websocket'] }), config, actions: [signUp], target: http, logger: silent })
${listening}`,
      client: plainClient,
    },
  ],
  [
    'tRPC',
    {
      server: `import { createServer } from 'node:http'
import { initTRPC } from '@trpc/server'
import { applyWSSHandler } from '@trpc/server/adapters/ws'
import { WebSocketServer } from 'ws'
${ZOD}
const t = initTRPC.create()
const router = t.router({ sign_up: t.procedure.input(Input).output(Reply).mutation(() => ({ success: true })) })
const http = createServer()
applyWSSHandler({ wss: new WebSocketServer({ server: http }), router })
${listening}`,
      client: `import { createTRPCClient, createWSClient, wsLink } from '@trpc/client'
import { WebSocket } from 'ws'
const socket = createWSClient({ url: 'ws://127.0.0.1:' + process.argv[2], WebSocket })
const client = createTRPCClient({ links: [wsLink({ client: socket })] })
process.send(await client.sign_up.mutate(${INPUT}))`,
    },
  ],
  [
    'oRPC',
    {
      server: `import { createServer } from 'node:http'
import { os } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
${ZOD}
const router = { sign_up: os.input(Input).output(Reply).handler(() => ({ success: true })) }
const http = createServer()
const handler = new RPCHandler(router)
new WebSocketServer({ server: http }).on('connection', socket => void handler.upgrade(socket))
${listening}`,
      client: `import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { once } from 'node:events'
import { WebSocket } from 'ws'
const websocket = new WebSocket('ws://127.0.0.1:' + process.argv[2])
await once(websocket, 'open')
const client = createORPCClient(new RPCLink({ websocket }))
process.send(await client.sign_up(${INPUT}))`,
    },
  ],
  [
    'Feathers',
    {
      server: `import { createServer } from 'node:http'
import { feathers } from '@feathersjs/feathers'
import { Ajv, hooks } from '@feathersjs/schema'
import socketio from '@feathersjs/socketio'
import { getValidator, Type } from '@feathersjs/typebox'
const Input = Type.Object({ email: Type.String(), password: Type.String({ minLength: 6 }) })
const app = feathers()
app.configure(socketio({ transports: ['websocket'] }))
app.use('sign_up', { create: async () => ({ success: true }) }, { methods: ['create'] })
app.service('sign_up').hooks({ before: { create: [hooks.validateData(getValidator(Input, new Ajv({ coerceTypes: false })))] } })
const http = createServer()
await app.setup(http)
${listening}`,
      client: `${connected}
process.send(await new Promise(resolve => socket.emit('create', 'sign_up', ${INPUT}, {}, (error, reply) => resolve(error ?? reply))))`,
    },
  ],
  [
    'NestJS',
    {
      server: `import 'reflect-metadata'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { IoAdapter } from '@nestjs/platform-socket.io'
import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
${ZOD}
class Gateway { signUp() { return { success: true } } }
SubscribeMessage('sign_up')(Gateway.prototype, 'signUp', Object.getOwnPropertyDescriptor(Gateway.prototype, 'signUp'))
MessageBody({ transform: value => Input.parse(value) })(Gateway.prototype, 'signUp', 0)
WebSocketGateway({ transports: ['websocket'] })(Gateway)
class Application {}
Module({ providers: [Gateway] })(Application)
const app = await NestFactory.create(Application, { logger: false })
app.useWebSocketAdapter(new IoAdapter(app))
await app.listen(0, '127.0.0.1')
process.send({ port: app.getHttpServer().address().port })
process.on('disconnect', () => process.exit())`,
      client: plainClient,
    },
  ],
])

/** One server of the comparison, in a process of its own: `node contender.ts NAME`. It tells its CPU time when asked. */
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { Server } from 'socket.io'

const Input = Type.Object({ email: Type.String(), password: Type.String({ minLength: 6 }) })
const Reply = Type.Object({ success: Type.Boolean() })

const contenders: Readonly<Record<string, (io: Server) => void>> = {
  plain: io =>
    io.on('connection', socket =>
      socket.on('sign_up', (_input: unknown, ack: (reply: unknown) => void) => ack({ success: true })),
    ),
  'by hand': io => {
    const [input, reply] = [TypeCompiler.Compile(Input), TypeCompiler.Compile(Reply)]
    io.on('connection', socket =>
      socket.on('sign_up', (value: unknown, ack: (reply: unknown) => void) => {
        if (!input.Check(value)) return ack({ error: input.Errors(value).First()?.message })
        const answer = { success: true }
        if (reply.Check(answer)) ack(answer)
      }),
    )
  },
  ackwire: io => {
    const server = attach(io, router({ sign_up: event.input(Input).ack(Reply) }))
    server.onError(() => undefined)
    server.on.sign_up(() => ({ success: true }))
  },
}

const http = createServer()
const io = new Server(http, { transports: ['websocket'] })
contenders[process.argv[2] ?? '']?.(io)
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }))
process.on('message', () => process.send?.({ cpuMicros: process.cpuUsage().user + process.cpuUsage().system }))

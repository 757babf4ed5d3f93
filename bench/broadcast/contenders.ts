import { event, router } from '@ackwire/core'
import { attach, type AttachOptions } from '@ackwire/core/server'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { Server } from 'socket.io'
import { Input, INPUTS } from '../peers/input.js'

/** Makes what sends an output to all sockets. It throws where it refuses one. */
type Bind = (io: Server) => (output: unknown) => void

const plain: Bind = io => output => void io.emit('news', output)

const ackwire =
  (options: AttachOptions): Bind =>
  io => {
    const server = attach(io, router({ news: event.output(Input) }), options)
    // What is not of the type is what shall be refused.
    return output => server.emit.news(output as never)
  }

/** What the others are measured by. */
export const BASE = 'Socket.IO, no check'

/** Each sender, and whether it refuses what does not match. */
export const CONTENDERS: ReadonlyMap<string, { readonly bind: Bind; readonly refuses: boolean }> = new Map([
  [BASE, { bind: plain, refuses: false }],
  ['the same again', { bind: plain, refuses: false }],
  [
    'Socket.IO, a check by hand',
    {
      bind: (io: Server) => {
        const output = TypeCompiler.Compile(Input)
        return (value: unknown) => {
          if (!output.Check(value)) throw new TypeError(output.Errors(value).First()?.message)
          io.emit('news', value)
        }
      },
      refuses: true,
    },
  ],
  ['ackwire', { bind: ackwire({}), refuses: true }],
  ['ackwire, outputs not checked', { bind: ackwire({ validate: { output: false } }), refuses: false }],
])

/** What is sent: about 50 bytes, or a kilobyte. */
export const OUTPUTS = { small: INPUTS.small, '1 kB': INPUTS.large } as const
export type Output = keyof typeof OUTPUTS

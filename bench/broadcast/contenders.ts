import { event, router } from '@ackwire/core'
import { attach, type AttachOptions } from '@ackwire/core/server'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { Server } from 'socket.io'
import { Input, INPUTS } from '../peers/input.js'

/** Creates the function that sends an output to all sockets. That function throws if it refuses the output. */
type Bind = (io: Server) => (output: unknown) => void

const plain: Bind = io => output => void io.emit('news', output)

const ackwire =
  (options: AttachOptions): Bind =>
  io => {
    const server = attach(io, router({ news: event.output(Input) }), options)
    // The cast lets invalid outputs through to the runtime check.
    return output => server.emit.news(output as never)
  }

/** The baseline of all ratios. */
export const BASE = 'Socket.IO, no check'

/** The senders, each with a flag that is true if it refuses invalid outputs. */
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

/** The outputs: about 50 bytes, and a kilobyte. */
export const OUTPUTS = { small: INPUTS.small, '1 kB': INPUTS.large } as const
export type Output = keyof typeof OUTPUTS

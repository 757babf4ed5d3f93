/**
 * Measures the server's own work for an output, up to the encoded packet: nobody is connected, and the adapter encodes it all the
 * same. The senders take turns in one process, in a different order each time. Every figure is a ratio to the first in the same turn.
 */
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server, type ServerOptions } from 'socket.io'
import { Input, INPUTS } from './peers/input.js'
import { median, spread, write, type Row } from './table.js'

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '101' },
    outputs: { type: 'string', default: '500' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const [turns, outputs] = [Number(values.turns), Number(values.outputs)]

const OUTPUTS = { text: 'a short text', small: INPUTS.small.valid, large: INPUTS.large.valid }
type Name = keyof typeof OUTPUTS

const api = router({
  text: event.output(Type.String()),
  small: event.output(Input),
  large: event.output(Input),
})

const ioWith = (options: Partial<ServerOptions> = {}): Server => new Server(createServer(), options)

const bound = (options?: Partial<ServerOptions>) => {
  const { emit } = attach(ioWith(options), api)
  const send: Readonly<Record<Name, () => void>> = {
    text: () => emit.text(OUTPUTS.text),
    small: () => emit.small(OUTPUTS.small),
    large: () => emit.large(OUTPUTS.large),
  }
  return (name: Name): void => send[name]()
}

const plain = ioWith()
// The adapter in memory does the same work under another name, where values are brought into the form of JSON first.
const InMemory = Object(plain.adapter()) as new (...args: unknown[]) => object
class OtherAdapter extends InMemory {}

const SENDERS: Readonly<Record<string, (name: Name) => void>> = {
  'Socket.IO, no check': name => plain.emit(name, OUTPUTS[name]),
  'the same again': name => plain.emit(name, OUTPUTS[name]),
  ackwire: bound(),
  'ackwire, adapter between nodes': bound({ adapter: OtherAdapter as never }),
}

/** Measures the nanoseconds of CPU per output. */
const measure = (send: () => void): number => {
  const before = process.cpuUsage()
  for (let sent = 0; sent < outputs; sent++) send()
  const { user, system } = process.cpuUsage(before)
  return ((user + system) / outputs) * 1_000
}

/** Turns until V8 has compiled the hot functions. */
const WARM_UP = 25

const names = Object.keys(SENDERS)
const rows: Record<string, string>[] = names.map(sender => ({ sender }))
for (const [name, title] of [
  ['text', 'a text'],
  ['small', '50 bytes'],
  ['large', '1 kB'],
] as const) {
  const results: number[][] = names.map(() => [])
  for (let turn = -WARM_UP; turn < turns; turn++)
    for (let step = 0; step < names.length; step++) {
      const at = (step + turn + WARM_UP) % names.length
      const ns = measure(() => SENDERS[names[at] ?? '']?.(name))
      if (turn >= 0) results[at]?.push(ns)
    }
  const [base = []] = results
  for (const [at, row] of rows.entries())
    row[title] =
      at === 0
        ? `${median(base).toFixed(0)} ns`
        : spread((results[at] ?? []).map((ns, turn) => ns / (base[turn] ?? Number.NaN)))
}
write('outputs', `CPU time per output × Socket.IO, ${turns} turns of ${outputs} outputs`, rows satisfies Row[], values)
process.exit()

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
import { askAtOnce, connect, SENDERS as SELECTING, type Sender } from './outputs/selections.js'
import { median, spread, write } from './table.js'

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

/** Turns until V8 has compiled the hot functions. */
const WARM_UP = 25

/** Lets all act in turns, in a different order each time; resolves to the nanoseconds of CPU of each, per time that it acts in a turn. */
const compare = async (acts: readonly (() => unknown)[], count: number, times: number): Promise<number[][]> => {
  const results: number[][] = acts.map(() => [])
  const warmUp = Math.min(WARM_UP, count)
  for (let turn = -warmUp; turn < count; turn++)
    for (let step = 0; step < acts.length; step++) {
      const at = (step + turn + warmUp) % acts.length
      const before = process.cpuUsage()
      await acts[at]?.()
      const { user, system } = process.cpuUsage(before)
      if (turn >= 0) results[at]?.push(((user + system) / times) * 1_000)
    }
  return results
}

const repeat = (act: () => unknown) => (): void => {
  for (let times = 0; times < outputs; times++) act()
}

/** Adds a column with what was measured: in the first row the median, in the others the ratio to it. */
const fill = (rows: readonly Record<string, string>[], title: string, results: number[][]): void => {
  for (const [at, row] of rows.entries()) row[title] = at === 0 ? ns(results[0]) : ratio(results[at], results[0])
}

const ns = (own: readonly number[] = []): string => `${median(own).toFixed(0)} ns`

const ratio = (own: readonly number[] = [], base: readonly number[] = []): string =>
  spread(own.map((each, turn) => each / (base[turn] ?? Number.NaN)))

const rows: Record<string, string>[] = Object.keys(SENDERS).map(sender => ({ sender }))
for (const [name, title] of [
  ['text', 'a text'],
  ['small', '50 bytes'],
  ['large', '1 kB'],
] as const) {
  const acts = Object.values(SENDERS).map(send => repeat(() => send(name)))
  fill(rows, title, await compare(acts, turns, outputs))
}
write('outputs', `CPU time per output × Socket.IO, ${turns} turns of ${outputs} outputs`, rows, values)

const selecting: Record<string, string>[] = Object.keys(SELECTING).map(sender => ({ sender }))
const senders = await Promise.all(Object.values(SELECTING).map(connect))
const fillBoth = (title: string, results: number[][]): void => {
  fill(selecting, title, results)
  for (const [at, row] of selecting.entries()) if (at > 0) row[title] = `${ns(results[at])}, × ${row[title]}`
}
const select = async (title: string, act: (sender: Sender) => unknown): Promise<void> => {
  const acts = senders.map(sender => repeat(() => act(sender)))
  fillBoth(title, await compare(acts, turns, outputs))
}
await select('to(room).emit', sender => sender.emitToRoom())
await select('of(name, params)', sender => sender.selectNamespace())
const ASKS = 16_000
for (const atOnce of [100, ASKS]) {
  const acts = senders.map(sender => async () => {
    for (let asked = 0; asked < ASKS; asked += atOnce) await askAtOnce(sender, atOnce)
  })
  fillBoth(`each of ${atOnce} asks`, await compare(acts, Math.ceil(turns / 10), ASKS))
}
write('outputs: selections', `CPU time × Socket.IO, ${turns} turns`, selecting, values)
process.exit()

import * as assert from 'uvu/assert'
import { until, type Body, type Clients, type Setting } from './behaviours.js'
import { SAMPLES, VALUES } from './samples.js'

/** Makes values comparable: bytes are a `Buffer` in some places, and a `Uint8Array` in others. */
const plain = (value: unknown): unknown => {
  if (ArrayBuffer.isView(value))
    return { bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') }
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]))
}

/** Emits each sample from the node of the first client, and compares what all clients get, with the contract and without. */
const compare = async (clients: Clients, { appendsOffsets }: Setting, event: keyof typeof SAMPLES): Promise<void> => {
  const [a] = clients
  const lists = clients.map(client => {
    const decoded: unknown[][] = []
    client.on.sampled[event]((...args) => decoded.push(args))
    const raw: unknown[][] = []
    client.socket.on(`sampled:${event}`, (...args: unknown[]) => raw.push(args))
    return { decoded, raw }
  })
  // The offset differs between nodes if the adapter does not use it.
  const withoutOffset = (args: readonly unknown[] = []) => (appendsOffsets ? args.slice(0, -1) : args)
  for (const [index, { title, args, arrives = args }] of SAMPLES[event].entries()) {
    await a.emit.sample(event, index)
    await until(() => lists.every(({ raw }) => raw.length > index))
    const [first, ...others] = lists.map(({ decoded, raw }) => [decoded[index], withoutOffset(raw[index])].map(plain))
    assert.equal(first?.[0], plain(arrives), `${event} ${title}`)
    for (const other of others) assert.equal(other, first, `${event} ${title}, on another node`)
  }
  assert.equal(
    clients.flatMap(({ errors }) => errors),
    [],
  )
}

/** The values that nodes pass on. */
export const TRANSMISSION: Readonly<Record<string, Body>> = {
  'carries several, optional, undefined and large arguments': (clients, setting) => compare(clients, setting, 'note'),

  'carries dates, transforms and undefined properties': (clients, setting) => compare(clients, setting, 'date'),

  'carries bytes in any place': async (clients, setting) => {
    if (setting.carriesBytes) return compare(clients, setting, 'pack')
    const [a, b, c] = clients
    for (const client of [b, c]) client.on.sampled.pack(() => {})
    const heard = a.once.sampled.pack()
    await a.emit.sample('pack', 0)
    assert.equal([...(await heard)[0]], [1, 2, 255])
    await until(() => [b, c].every(({ errors }) => errors.length > 0))
    for (const { errors } of [b, c]) assert.match(errors[0] ?? '', /sampled:pack.*\/0 Expected/)
    return undefined
  },

  'carries the values of answers': async ([a, b, c], { carriesBytes }) => {
    for (const client of [a, b, c]) client.on.relayed(value => value)
    for (const value of VALUES) {
      if (value.bytes !== undefined && !carriesBytes) continue
      const answers = await a.emit.relay(value)
      assert.equal(answers.map(plain), [value, value, value].map(plain))
    }
  },
}

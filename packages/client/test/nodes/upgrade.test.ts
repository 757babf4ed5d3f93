import { EventError, router } from '@ackwire/core'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { diff } from '../../../docs/src/diff/diff.js'
import { document } from '../../../docs/src/document/document.js'
import { jsonOf } from '../../../docs/src/parse/json.js'
import { createClient } from '../../src/index.js'
import { until } from './behaviours.js'
import { startProgram } from './program.js'
import { apiOf, PAIRS, type Age, type Pair, type Version } from './versions.js'

const AGES: readonly Age[] = ['old', 'new']

/** Returns true if `ackwire diff` finds no breaking change for a client of one version at a server of another. */
const isCompatible = (name: string, client: Age, server: Age): boolean => {
  const [before, after] = [client, server].map(age => {
    const version = PAIRS[name]?.[age]
    return jsonOf(document(router(version === undefined ? {} : { [name]: version.api })))
  })
  return diff(before!, after!, { strict: false }).every(change => change.class !== 'breaking')
}

/** A client of a contract that is only known at run time. */
interface Loose {
  readonly socket: { once(event: string, listener: (error: { readonly data?: unknown }) => void): unknown }
  readonly emit: Readonly<Record<string, (...args: readonly unknown[]) => unknown>>
  readonly on: Readonly<Record<string, (listener: (...args: readonly unknown[]) => void) => void>>
  close(): void
}

/** The outcome of a call or an output: a value or an error code. */
type Outcome = { readonly value: unknown } | { readonly code: unknown }

const outcomeOf = async (make: () => unknown): Promise<Outcome> => {
  try {
    return { value: await make() }
  } catch (error) {
    if (error instanceof EventError) return { code: error.code }
    throw error
  }
}

/** A client of one version at a node of another. */
interface Peer {
  readonly age: Age
  readonly node: Age
  readonly version: Version
  readonly client: Loose
  /** The reason why the connection was refused, or `undefined` if it was accepted. */
  readonly refusal: Outcome | undefined
  /** The outcome of each output received from the emitting node, by event. */
  readonly heard: Map<string, Outcome>
  /** Returns the number of completed rounds of outputs. */
  readonly spoken: () => number
}

const connect = async (
  { defer }: TestContext,
  url: string,
  name: string,
  { age, node, version }: Pick<Peer, 'age' | 'node' | 'version'>,
): Promise<Peer> => {
  const heard = new Map<string, Outcome>()
  const root = createClient(apiOf(age), url, {
    transports: ['websocket'],
    forceNew: true,
    onError: (error, event) => void heard.set(event, { code: error instanceof EventError ? error.code : error }),
  })
  // The namespaces of a contract that is created at run time have no types.
  const client = (root.of as unknown as (name: string, options: object) => Loose)(name, { auth: version.auth })
  defer(() => (client.close(), root.close()))
  for (const event of Object.keys(version.outputs)) client.on[event]?.((...value) => heard.set(event, { value }))
  let spoken = 0
  client.on['spoken']?.(() => spoken++)
  const refusal = await new Promise<Outcome | undefined>(resolve => {
    client.socket.once('connect', () => resolve(undefined))
    client.socket.once('connect_error', ({ data }) =>
      resolve({ code: data === undefined ? 'NO_NAMESPACE' : jsonOf(data)['code'] }),
    )
  })
  return { age, node, version, client, refusal, heard, spoken: () => spoken }
}

const callAll = ({ client, version: { calls } }: Peer): Promise<Outcome[]> =>
  Promise.all(Object.keys(calls).map(event => outcomeOf(() => client.emit[event]?.(...calls[event]!))))

/** Asserts that the outcomes are those expected if the versions are compatible, or contain an error otherwise. */
const check = (title: string, isGood: boolean, expected: readonly unknown[], outcomes: readonly Outcome[]): void => {
  if (isGood) {
    assert.equal(
      outcomes,
      expected.map(value => ({ value })),
      title,
    )
    return
  }
  const codes = outcomes.flatMap(outcome => ('code' in outcome ? [outcome.code] : []))
  assert.ok(codes.length > 0, `${title}: expected an error, got ${JSON.stringify(outcomes)}`)
  for (const code of codes) assert.ok(CODES.has(code), `${title}: ${String(code)}`)
}

/** The codes that show a client that its version differs, with `SILENT` for an event that the server's version does not have. */
const CODES: ReadonlySet<unknown> = new Set(
  'INVALID_INPUT INVALID_REPLY INVALID_OUTPUT UNKNOWN_EVENT UNAUTHORIZED NO_NAMESPACE SILENT'.split(' '),
)

describe('nodes and clients of two versions', it => {
  it(
    'work together if diff calls them compatible, and get an error otherwise',
    { timeoutMs: 300_000 },
    async context => {
      const primary = startProgram(context, 'primary', ['2', 'version'])
      const isReady = (message: object): message is { port: number; age: Age } => 'age' in message
      const ready = () => primary.messages.filter(isReady)
      await primary.until(() => ready().length === 2)
      const urlOf = (age: Age): string => `http://127.0.0.1:${ready().find(node => node.age === age)?.port}`

      const counts = { compatible: 0, breaking: 0 }
      const meet = async (name: string, pair: Pair): Promise<void> => {
        const combinations = AGES.flatMap(age => AGES.map(node => [age, node, pair[age]] as const))
        const peers = await Promise.all(
          combinations.flatMap(([age, node, version]) =>
            version === undefined ? [] : [connect(context, urlOf(node), name, { age, node, version })],
          ),
        )
        const calls = new Map(
          await Promise.all(peers.map(async peer => [peer, peer.refusal ? [] : await callAll(peer)] as const)),
        )
        for (const server of AGES) {
          const speaking = pair[server]
          const speaker = peers.find(({ age, node }) => age === server && node === server)
          const present = peers.filter(({ refusal }) => refusal === undefined)
          const before = present.map(({ spoken }) => spoken())
          for (const { heard } of peers) heard.clear()
          await speaker?.client.emit['speak']?.()
          // By then the earlier outputs have arrived on all nodes.
          if (speaker !== undefined) await until(() => present.every(({ spoken }, index) => spoken() > before[index]!))

          for (const peer of peers) {
            const { age, node, version, refusal, heard } = peer
            const isAt = node === server
            // A refused client receives nothing from any node.
            if (refusal !== undefined && !isAt) continue
            const outputs = Object.keys(version.outputs)
            const outcomes = [
              ...(isAt ? (refusal ? [refusal] : (calls.get(peer) ?? [])) : []),
              ...(refusal ? [] : outputs.map(event => heard.get(event) ?? { code: 'SILENT' })),
            ]
            const isGood = isCompatible(name, age, server)
            // The break may affect calls only, which clients at other nodes do not make.
            if (!isGood && !isAt && outputs.length === 0) continue
            const expected = [
              ...(isAt
                ? Object.keys(version.calls).map(event =>
                    event in version.replies ? speaking?.replies[event] : undefined,
                  )
                : []),
              ...outputs.map(event => speaking?.outputs[event]),
            ]
            check(
              `${name}: a client of the ${age}, at the ${node}, of what the ${server} says`,
              isGood,
              expected,
              outcomes,
            )
            counts[isGood ? 'compatible' : 'breaking']++
          }
        }
      }
      await Promise.all(Object.entries(PAIRS).map(([name, pair]) => meet(name, pair)))
      assert.ok(counts.compatible > 40 && counts.breaking > 10, JSON.stringify(counts))
      assert.is(ready().length, 2, 'no node has ended')
    },
  )
})

import type { Need, TestContext } from '../../../../test/harness.js'
import { REDIS, startRedis, type Redis } from '../../../../test/redis.js'
import { createClient } from '../../src/index.js'
import { startBalancer } from './balancer.js'
import { api } from './contract.js'
import { startProgram, type Program } from './program.js'

/** A node that is running or has ended. */
export interface Node {
  readonly pid: number
  readonly url: string
}

/** Connected nodes, each in a process of its own. */
export interface Fleet {
  /** All nodes in the order in which they were started. */
  readonly nodes: readonly Node[]
  /** The address that forwards a client to one of the running nodes. */
  readonly url: string
  /** Forwards clients to this node from now on; the primary of a cluster can't do that. */
  lead(node: Node): void
  /** Returns what the processes wrote to their standard error. */
  complaints(): string
  /** The Redis that connects the nodes, if there is one. */
  readonly redis: Redis | undefined
}

type Context = Pick<TestContext, 'defer'>

/** An adapter of Socket.IO, with the way to start its nodes. */
export interface Adapter {
  readonly name: string
  readonly needs: { readonly needs?: Need }
  start(context: Context, count: number): Promise<Fleet>
}

interface Ready extends Node {
  readonly port: number
}

const isReady = (message: object): message is Ready => 'port' in message
const nodesOf = (programs: readonly Program[]): Node[] =>
  programs.flatMap(({ messages }) =>
    messages.filter(isReady).map(({ pid, port }) => ({ pid, url: `http://127.0.0.1:${port}` })),
  )

/** The embedded cluster adapter: the workers of one `node:cluster`, whose primary has sticky sessions. */
export const CLUSTER: Adapter = {
  name: 'the embedded cluster adapter',
  needs: {},
  async start(context, count) {
    const primary = startProgram(context, 'primary', [String(count), 'node'])
    const isSticky = (message: object): message is { sticky: number } => 'sticky' in message
    const nodes = () => nodesOf([primary])
    await primary.until(() => nodes().length === count && primary.messages.some(isSticky))
    await introduce(context, nodes())
    return {
      get nodes() {
        return nodes()
      },
      url: `http://127.0.0.1:${primary.messages.find(isSticky)?.sticky}`,
      lead() {},
      complaints: () => primary.complaints.join(''),
      redis: undefined,
    }
  },
}

/** The Redis streams adapter: processes that share only a Redis, behind a proxy. */
export const REDIS_STREAMS: Adapter = {
  name: 'the Redis streams adapter',
  needs: { needs: REDIS },
  async start(context, count) {
    const redis = await startRedis(context)
    const start = () => startProgram(context, 'node', [], { REDIS_URL: redis.url })
    const programs = Array.from({ length: count }, start)
    for (const program of programs) await program.until(() => program.messages.some(isReady))
    const nodes = nodesOf(programs)
    await introduce(context, nodes)
    const isAlive = (index: number): boolean => programs[index]?.child.signalCode === null
    let led: Node | undefined
    const open = () => {
      const alive = nodes.filter((_, index) => isAlive(index))
      const first = alive.find(node => node === led)
      return first === undefined ? alive : [first]
    }
    return {
      nodes,
      url: await startBalancer(context, () => open().map(({ url }) => url)),
      lead(node) {
        led = node
      },
      complaints: () => programs.flatMap(({ complaints }) => complaints).join(''),
      redis,
    }
  },
}

export const ADAPTERS: readonly Adapter[] = [CLUSTER, REDIS_STREAMS]

export type NodeClient = Awaited<ReturnType<typeof connect>>

/** Connects a client to a node; it is closed when the test ends. */
export const connect = async (
  { defer }: Context,
  url: string,
  transport: 'websocket' | 'polling' = 'websocket',
  user = '',
) => {
  const client = createClient(api, url, {
    transports: [transport],
    query: { user },
    forceNew: true,
    reconnectionDelay: 50,
  })
  defer(() => client.close())
  await new Promise<void>(resolve => client.socket.once('connect', resolve))
  return client
}

/** Waits until each node knows all the others. */
const introduce = async (context: Context, nodes: readonly Node[]): Promise<void> => {
  await Promise.all(
    nodes.map(async ({ url }) => {
      const client = await connect(context, url)
      while ((await client.emit.others()).length < nodes.length - 1) continue
      client.close()
    }),
  )
}

import type { TestContext } from '../../../../test/harness.js'
import type { Store } from '../../../../test/store.js'
import { createClient } from '../../src/index.js'
import { startBalancer } from './balancer.js'
import { api } from './contract.js'
import { startProgram, type Program } from './program.js'
import type { AdapterName } from './programs/adapter.js'

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
  /** Forwards clients to this node from now on, or to all. */
  lead(node: Node | undefined): void
  /** The port that the nodes share, which sends all requests of a client to the same node; only a cluster whose messages keep bytes has one. */
  readonly sharedUrl: string | undefined
  /** The server that connects the nodes; a cluster has none. */
  readonly store: Store | undefined
}

type Context = Pick<TestContext, 'defer'>

interface Ready extends Node {
  readonly port: number
}

const isReady = (message: object): message is Ready => 'port' in message
const nodesOf = (programs: readonly Program[]): Node[] =>
  programs.flatMap(({ messages }) =>
    messages.filter(isReady).map(({ pid, port }) => ({ pid, url: `http://127.0.0.1:${port}` })),
  )

const isRunning = ({ pid }: Node): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Puts a load balancer in front of nodes that know each other. */
const fleetOf = async (
  context: Context,
  nodes: () => readonly Node[],
  { sharedUrl, store }: Pick<Fleet, 'sharedUrl' | 'store'>,
): Promise<Fleet> => {
  await introduce(context, nodes())
  let led: Node | undefined
  const open = (): readonly Node[] => (led !== undefined && isRunning(led) ? [led] : nodes().filter(isRunning))
  return {
    get nodes() {
      return nodes()
    },
    url: await startBalancer(context, () => open().map(({ url }) => url)),
    lead(node) {
      led = node
    },
    sharedUrl,
    store,
  }
}

/** Starts the workers of one `node:cluster`, whose primary has sticky sessions. */
export const startCluster = async (
  context: Context,
  count: number,
  serialization: 'json' | 'advanced',
): Promise<Fleet> => {
  const primary = startProgram(context, 'primary', [String(count), 'node', serialization])
  const isSticky = (message: object): message is { sticky: number } => 'sticky' in message
  const nodes = () => nodesOf([primary])
  await primary.until(() => nodes().length === count && primary.messages.some(isSticky))
  // @socket.io/sticky 2.0.1 passes on to the workers what it has read, as bytes.
  const sharedUrl = serialization === 'json' ? undefined : `http://127.0.0.1:${primary.messages.find(isSticky)?.sticky}`
  return fleetOf(context, nodes, { sharedUrl, store: undefined })
}

/** Starts processes that share only a store. */
export const startHosts = async (
  context: Context,
  count: number,
  adapter: AdapterName,
  store: Store,
): Promise<Fleet> => {
  const start = () => startProgram(context, 'node', [], { ADAPTER: adapter, STORE_URL: store.url })
  const programs = Array.from({ length: count }, start)
  for (const program of programs) await program.until(() => program.messages.some(isReady))
  const nodes = nodesOf(programs)
  return fleetOf(context, () => nodes, { sharedUrl: undefined, store })
}

export type NodeClient = Awaited<ReturnType<typeof connect>>

/** Connects a client to a node; it is closed when the test ends. It checks what it receives, and keeps its errors. */
export const connect = async (
  { defer }: Context,
  url: string,
  transport: 'websocket' | 'polling' = 'websocket',
  user = '',
) => {
  const errors: string[] = []
  const client = createClient(api, url, {
    transports: [transport],
    query: { user },
    forceNew: true,
    reconnectionDelay: 50,
    onError: (error, event) => void errors.push(`${event}: ${String(error)}`),
  })
  defer(() => client.close())
  await new Promise<void>(resolve => client.socket.once('connect', resolve))
  return Object.assign(client, { errors })
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

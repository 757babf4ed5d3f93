import { createRequire } from 'node:module'
import type { Namespace, Server } from 'socket.io'
import type { Bind } from './contenders.js'
import { stageOf } from './stage.js'

/** The base of all adapters of clusters, as far as it is used here. */
type ClusterAdapter = new (namespace: Namespace) => Namespace['adapter'] & { onMessage(message: unknown): void }

const require = createRequire(import.meta.url)
// Socket.IO depends on it, so that it is installed.
const { ClusterAdapter: Base }: { readonly ClusterAdapter: ClusterAdapter } = createRequire(
  require.resolve('socket.io'),
)('socket.io-adapter')

/** Servers of this process, over an adapter that hands messages on as they would be sent. */
export interface Cluster {
  /** Measures what outputs from the first server to all sockets take, per recipient. */
  measure(cpuOf: (run: () => Promise<void>) => Promise<number>): Promise<number>
}

/** Starts a number of servers, each with a number of connections. */
export const clusterOf = async (bind: Bind, nodes: number, sockets: number): Promise<Cluster> => {
  const all: InstanceType<ClusterAdapter>[] = []
  const adapter = class extends Base {
    constructor(namespace: Namespace) {
      super(namespace)
      if (namespace.name === '/') all.push(this)
    }
    doPublish(message: object): Promise<string> {
      const text = JSON.stringify(message)
      for (const other of all) if (other !== this) setImmediate(() => other.onMessage(JSON.parse(text)))
      return Promise.resolve('')
    }
    doPublishResponse(): Promise<void> {
      return Promise.resolve()
    }
  }
  const made = Array.from({ length: nodes }, () => {
    let actions: ReturnType<Bind> | undefined
    const stage = stageOf(io => {
      io.adapter(adapter as unknown as Parameters<Server['adapter']>[0])
      actions = bind(io, 1)
    })
    return { stage, actions }
  })
  for (const { stage } of made) await stage.connect(sockets)
  const emit = async (times: number): Promise<void> => {
    for (let left = times; left > 0; left--) {
      const from = made.map(({ stage }) => stage.received)
      made[0]?.actions?.emitToAll()
      await Promise.all(made.map(({ stage }, at) => stage.until(sockets, from[at] ?? 0)))
    }
  }
  return {
    async measure(cpuOf) {
      const times = 100
      await emit(times)
      const cpu = await cpuOf(() => emit(times))
      for (const { stage } of made) stage.close()
      return cpu / (times * nodes * sockets)
    },
  }
}

import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { TestContext } from '../../../../test/harness.js'

/**
 * Starts a proxy that forwards each connection to the next available server, like the load balancer of several hosts. Resolves to
 * its URL.
 */
export const startBalancer = async (
  { defer }: Pick<TestContext, 'defer'>,
  servers: () => readonly string[],
): Promise<string> => {
  const open = new Set<Socket>()
  let turn = 0
  const balancer = createServer(near => {
    const all = servers()
    const target = all[turn++ % all.length]
    if (target === undefined) return near.destroy()
    const { hostname, port } = new URL(target)
    const far = connect(Number(port), hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => {})
      one.on('close', () => (open.delete(one), other.destroy()))
    }
    return undefined
  })
  balancer.listen(0, '127.0.0.1')
  await once(balancer, 'listening')
  defer(() => {
    for (const socket of open) socket.destroy()
    return new Promise(resolve => balancer.close(resolve))
  })
  return `http://127.0.0.1:${(balancer.address() as AddressInfo).port}`
}

import { start } from '../child.js'
import { CONTENDERS, OUTPUTS, type Output } from './contenders.js'
import type { Told } from './program.js'

/** A sender in its own process, with its sockets in another. */
export interface Contender {
  readonly name: string
  /**
   * Sends the output the given number of times and resolves to the server's CPU time per broadcast, in microseconds, once every
   * socket has everything.
   */
  send(output: Output, times: number): Promise<number>
  close(): void
}

/**
 * Starts a sender with the given number of sockets. @throws Error if a socket misses an output or receives one that should be
 * refused.
 */
export const contend = async (name: string, sockets: number): Promise<Contender> => {
  const server = await start(new URL('program.ts', import.meta.url), [name])
  const { port } = await server.hear<{ readonly port: number }>()
  const clients = await start(new URL('../crowd/sockets.ts', import.meta.url), [String(port)])
  const close = (): void => {
    clients.close()
    server.close()
  }
  const tell = <Said>(told: Told): Promise<Said> => server.ask(told)
  const cpu = async (): Promise<number> => (await tell<{ readonly cpuMicros: number }>('cpu')).cpuMicros

  const deliver = async (send: Output, kind: 'valid' | 'invalid', times: number): Promise<void> => {
    const all = clients.ask<{ readonly count: number; readonly packets: readonly string[] }>({
      expect: times * sockets,
    })
    const { refused } = await tell<{ readonly refused: number }>({ send, kind, times })
    if (refused > 0) throw new Error(`${name} refuses ${kind} output`)
    const { count, packets } = await all
    const expected = `42${JSON.stringify(['news', OUTPUTS[send][kind]])}`
    if (count !== times * sockets || packets.join() !== expected) throw new Error(`${name} sends ${count} × ${packets}`)
  }
  try {
    await clients.hear()
    await clients.ask({ connect: sockets })
    for (const output of Object.keys(OUTPUTS) as Output[]) {
      if (CONTENDERS.get(name)?.refuses === true) {
        const { refused } = await tell<{ readonly refused: number }>({ send: output, kind: 'invalid', times: 1 })
        if (refused !== 1) throw new Error(`${name} sends an output that it should refuse`)
      } else await deliver(output, 'invalid', 1)
      await deliver(output, 'valid', 1)
    }
  } catch (error) {
    close()
    throw error
  }
  return {
    name,
    async send(output, times) {
      const before = await cpu()
      await deliver(output, 'valid', times)
      return ((await cpu()) - before) / times
    },
    close,
  }
}

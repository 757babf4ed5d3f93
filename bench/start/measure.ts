import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { start } from '../child.js'
import { CONTENDERS } from './programs.js'

/** Durations in milliseconds. */
export interface Measured {
  /** The time from `node` to a server that listens. */
  readonly server: number
  /** The time from then to the answer, including the start of the client's own `node`. */
  readonly client: number
}

/** Writes every contender's programs to files beside the packages, and runs them with the given flags of Node. */
export const programs = (flags: readonly string[]): { run(name: string): Promise<Measured>; remove(): void } => {
  const folder = mkdtempSync(join(tmpdir(), 'ackwire-start-'))
  symlinkSync(resolve(import.meta.dirname, '../node_modules'), join(folder, 'node_modules'))
  const files = new Map(
    [...CONTENDERS].map(([name, programs], at) => {
      const [server, client] = [join(folder, `${at}.server.mjs`), join(folder, `${at}.client.mjs`)]
      writeFileSync(server, programs.server)
      writeFileSync(client, programs.client)
      return [name, { server, client }]
    }),
  )
  return {
    async run(name) {
      const { server = '', client = '' } = files.get(name) ?? {}
      return measure(name, server, client, flags)
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

const measure = async (
  name: string,
  serverFile: string,
  clientFile: string,
  flags: readonly string[],
): Promise<Measured> => {
  const began = performance.now()
  const server = await start(serverFile, [], flags)
  try {
    const { port } = await server.hear<{ readonly port: number }>()
    const listens = performance.now()
    const client = await start(clientFile, [String(port)], flags)
    const answer: unknown = await client.hear().finally(() => client.close())
    const answered = performance.now()
    if (JSON.stringify(answer) !== JSON.stringify({ success: true }))
      throw new Error(`${name} answers ${JSON.stringify(answer)}`)
    return { server: listens - began, client: answered - listens }
  } finally {
    server.close()
  }
}

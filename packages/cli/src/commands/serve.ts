import type { AddressInfo } from 'node:net'
import type { AsyncApiDocument } from '@ackwire/docs'
import type { Json } from '@ackwire/docs/tooling'
import type { RenderFlags } from '../load/options.js'
import { loadSource } from '../load/source.js'
import { linesOf, problem } from '../terminal/problem.js'
import { shownDocument } from '../serve/document.js'
import { pageFiles } from '../serve/page.js'
import { createReloads } from '../serve/reload.js'
import { hostOf, originsOf } from '../serve/same-origin.js'
import { startPageServer } from '../serve/server.js'
import { createWatch } from '../serve/watch.js'
import type { Terminal } from '../terminal/terminal.js'

export interface ServeCommand extends RenderFlags {
  readonly port: number
  readonly host: string
  readonly path: string
  readonly server?: string
  readonly allowOrigin?: readonly string[]
}

/** Serves the page of a contract or a document until interrupted, and updates it on each change. */
export const serve = async (
  file: string,
  { port, host, path: given, server: target, allowOrigin = [], ...flags }: ServeCommand,
  terminal: Terminal,
): Promise<number> => {
  const path = pathOf(given)
  checkUrl(target)
  const origins = originsOf(allowOrigin)
  const load = async (): Promise<{ content: Json; shown: AsyncApiDocument; inputs: readonly string[] }> => {
    const { content, inputs } = await loadSource(file, flags)
    return { content, inputs, shown: await shownDocument(content, target) }
  }

  const first = await load()
  let files = pageFiles(first.content, first.shown, path)
  const reloads = createReloads()
  let isLoading = false
  let isStale = false
  const reload = async (): Promise<void> => {
    if (isLoading) return void (isStale = true)
    isLoading = true
    try {
      const { content, shown, inputs } = await load()
      files = pageFiles(content, shown, path)
      watch.set(inputs)
      reloads.send()
      terminal.tell(`${file}: changed, page updated`)
    } catch (error) {
      // The previous page stays until the mistake is corrected.
      terminal.tell(...linesOf(error))
    }
    isLoading = false
    if (isStale) {
      isStale = false
      await reload()
    }
  }
  const watch = createWatch(() => void reload())
  watch.set(first.inputs)

  try {
    const server = await startPageServer({ host, port, path, target, origins, reloads, files: () => files })
    const address = `http://${hostOf(host)}:${portOf(server.address())}${path}`
    terminal.tell(`${address}${target === undefined ? '' : ` in front of ${target}`}; stop with Ctrl+C`)
    await terminal.interrupted()
    server.closeAllConnections()
    server.close()
    return 0
  } finally {
    watch.close()
    reloads.close()
  }
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0

const pathOf = (path: string): string => {
  if (!/^\/[^?#\s]*$/.test(path)) throw problem(`--path: expected a path such as /docs, got ${JSON.stringify(path)}`)
  return path.replace(/\/+$/, '') || '/'
}

const checkUrl = (url: string | undefined): void => {
  if (url === undefined || (URL.canParse(url) && /^https?:/.test(url))) return
  throw problem(`--server: expected a URL such as http://localhost:3000, got ${JSON.stringify(url)}`)
}

import { spawn } from 'node:child_process'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node'
import type { LanguageService, Position } from './service.js'

interface Located {
  readonly uri: string
  readonly range: { readonly start: Position }
}

const tsc = resolve(import.meta.dirname, '../../node_modules/typescript/bin/tsc')

/** Starts the language server of TypeScript 7 for the program in a folder. */
export const typescript7 = async (folder: string): Promise<LanguageService> => {
  // The script starts the compiler as its own child process, which ends when its input closes.
  const server = spawn(process.execPath, [tsc, '--lsp', '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] })
  const rpc = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin))
  rpc.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) => items.map(() => null))
  rpc.onRequest('client/registerCapability', () => null)
  rpc.listen()
  const uriOf = (path: string): string => pathToFileURL(join(folder, path)).href
  await rpc.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: {
      textDocument: { completion: {}, hover: { contentFormat: ['plaintext'] }, definition: {}, diagnostic: {} },
    },
  })
  await rpc.sendNotification('initialized', {})
  let version = 0
  const askAt = <Answer>(question: string, file: string, position: Position): Promise<Answer | null> =>
    rpc.sendRequest(`textDocument/${question}`, { textDocument: { uri: uriOf(file) }, position })
  return {
    open: (file, text) =>
      rpc.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uriOf(file), languageId: 'typescript', version: ++version, text },
      }),
    edit(file, { at, length, text }) {
      const range = { start: at, end: { ...at, character: at.character + length } }
      void rpc.sendNotification('textDocument/didChange', {
        textDocument: { uri: uriOf(file), version: ++version },
        contentChanges: [{ range, text }],
      })
    },
    async complete(file, position) {
      const list = await askAt<{ items: { label: string }[] }>('completion', file, position)
      return list?.items.map(({ label }) => label) ?? []
    },
    async hover(file, position) {
      const hover = await askAt<{ contents: { value: string } }>('hover', file, position)
      return hover?.contents.value ?? ''
    },
    async errors(file) {
      const found = await rpc.sendRequest<{ items?: { message: string }[] }>('textDocument/diagnostic', {
        textDocument: { uri: uriOf(file) },
      })
      return found.items?.map(({ message }) => message) ?? []
    },
    async define(file, position) {
      const found = (await askAt<Located[]>('definition', file, position)) ?? []
      return found.map(({ uri, range }) => ({ file: relative(folder, fileURLToPath(uri)), line: range.start.line }))
    },
    close() {
      rpc.end()
      rpc.dispose()
    },
  }
}

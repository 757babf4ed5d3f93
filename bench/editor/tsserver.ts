import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { join, relative, resolve } from 'node:path'
import type { LanguageService, Position } from './service.js'

interface Response {
  readonly type: string
  readonly request_seq: number
  readonly body?: unknown
}

interface Located {
  readonly file: string
  readonly start: { readonly line: number }
}

const fromBench = createRequire(import.meta.url)
const fromRoot = createRequire(resolve(import.meta.dirname, '../../package.json'))

/** Starts the `tsserver` of TypeScript 5.9 for the program in a folder. */
export const typescript5 = (folder: string): LanguageService =>
  start(fromBench.resolve('typescript/lib/tsserver.js'), folder)

/** Starts the `tsserver` of TypeScript 6 for the program in a folder. */
export const typescript6 = (folder: string): LanguageService =>
  start(fromRoot.resolve('typescript-6/lib/tsserver.js'), folder)

/** Starts a `tsserver`. It counts lines and characters from 1. */
const start = (tsserver: string, folder: string): LanguageService => {
  const server = fork(tsserver, ['--useNodeIpc', '--disableAutomaticTypingAcquisition'], {
    cwd: folder,
    execArgv: ['--max-old-space-size=4096'],
  })
  const waiting = new Map<number, (body: unknown) => void>()
  server.on('message', ({ type, request_seq, body }: Response) => {
    if (type !== 'response') return
    waiting.get(request_seq)?.(body)
    waiting.delete(request_seq)
  })
  let sent = 0
  const ask = (command: string, given: object): Promise<unknown> =>
    new Promise(resolve => {
      waiting.set(++sent, resolve)
      server.send({ seq: sent, type: 'request', command, arguments: given })
    })
  const at = ({ line, character }: Position): object => ({ line: line + 1, offset: character + 1 })
  const askAt = (command: string, file: string, position: Position): Promise<unknown> =>
    ask(command, { file: join(folder, file), ...at(position) })
  return {
    async open(file, text) {
      await ask('updateOpen', { openFiles: [{ file: join(folder, file), fileContent: text }] })
    },
    edit(file, { at: from, length, text }) {
      const change = { newText: text, start: at(from), end: at({ ...from, character: from.character + length }) }
      void ask('updateOpen', { changedFiles: [{ fileName: join(folder, file), textChanges: [change] }] })
    },
    async complete(file, position) {
      const info = (await askAt('completionInfo', file, position)) as { entries: { name: string }[] } | undefined
      return info?.entries.map(({ name }) => name) ?? []
    },
    async hover(file, position) {
      const info = (await askAt('quickinfo', file, position)) as { displayString: string } | undefined
      return info?.displayString ?? ''
    },
    async errors(file) {
      const found = (await ask('semanticDiagnosticsSync', { file: join(folder, file) })) as { text: string }[]
      return found.map(({ text }) => text)
    },
    async define(file, position) {
      const found = (await askAt('definition', file, position)) as Located[]
      return found.map(({ file: path, start }) => ({ file: relative(folder, path), line: start.line - 1 }))
    },
    close() {
      server.kill()
    },
  }
}

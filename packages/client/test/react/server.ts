import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { attach } from '@ackwire/core/server'
import { buildSync } from 'esbuild'
import { Server } from 'socket.io'
import { type TestContext } from '../../../../test/harness.js'
import { api } from './contract.js'

/** The page's script, bundled with each supported version of React. */
const bundles = new Map<string, string>()
const bundleOf = (react: '18' | '19'): string => {
  const known = bundles.get(react)
  if (known !== undefined) return known
  const { outputFiles } = buildSync({
    // The folder from which the other version resolves.
    absWorkingDir: resolve(import.meta.dirname, '../..'),
    entryPoints: [resolve(import.meta.dirname, 'main.tsx')],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    jsx: 'automatic',
    conditions: ['ackwire-source'],
    alias: react === '18' ? { react: 'react-18', 'react-dom': 'react-dom-18' } : {},
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  const text = outputFiles[0]?.text ?? ''
  bundles.set(react, text)
  return text
}

const listen = async (http: HttpServer, port = 0): Promise<number> => {
  http.listen(port, '127.0.0.1')
  await once(http, 'listening')
  return (http.address() as AddressInfo).port
}

/** Starts a server of the page and its contract, and records what happens there. */
export const start = async ({ defer }: TestContext, react: '18' | '19' = '19', html = '') => {
  const http = createServer(({ url }, response) => {
    response.setHeader('content-type', url === '/main.js' ? 'text/javascript' : 'text/html')
    const page = `<!doctype html><link rel="icon" href="data:,"><main>${html}</main><script src="/main.js"></script>`
    response.end(url === '/main.js' ? bundleOf(react) : page)
  })
  const port = await listen(http)
  const seen = { transports: 0, heard: [] as string[], open: 0, lists: 0 }
  const todo = ['milk']
  const answers: (() => void)[] = []
  /** Binds the contract to a server; called again with another one after the first has been closed. */
  const speak = (on: HttpServer) => {
    const io = new Server(on)
    io.engine.on('connection', () => void seen.transports++)
    const server = attach(io, api)
    server.authenticate(({ auth }) => {
      if (auth.token !== 'good') throw new Error('no entry')
      return {}
    })
    server.onError(({ phase }) => {
      if (phase !== 'authenticate' && phase !== 'handler') throw new Error(phase)
    })
    // Emitted at once, since a component must not miss outputs sent on connection.
    server.on.connection(({ emit }) => emit.joined('you'))
    server.handle({
      sign_up({ input, fail }) {
        seen.heard.push(`sign_up ${input}`)
        if (input === 'bob') fail('NAME_TAKEN', { suggestion: 'bob2' })
        return input.length
      },
      wait: () => {
        seen.heard.push('wait')
        return new Promise(resolve => answers.push(() => resolve('at last')))
      },
      async *tail({ input: { file }, fail, signal }) {
        seen.heard.push(`tail ${file}`)
        seen.open++
        try {
          if (file === 'none.log') fail('NO_FILE', { instead: 'app.log' })
          for (let item = 1; item <= 7; item++) yield item
          if (file !== 'short.log') await new Promise(resolve => signal.addEventListener('abort', resolve))
          return 'the end'
        } finally {
          seen.open--
        }
      },
      todo: {
        list: () => (seen.lists++, todo),
        add: ({ input }) => void todo.push(input),
      },
    })
    server.of('/game-{id}').on.connection(({ emit, params: { id } }) => {
      if (id !== 'quiet') emit.moved(Number(id) * 10)
    })
    return { io, server }
  }
  let running = speak(http)
  defer(() => running.io.close())
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    /** Answers a call of `wait`, the latest by default. */
    answer: (index = -1) => answers.at(index)?.(),
    emit: (name: string) => running.server.emit.joined(name),
    sockets: (namespace = '/') => running.io.of(namespace).sockets.size,
    stop: () => running.io.close(),
    restart: async () => {
      const again = createServer()
      await listen(again, port)
      running = speak(again)
    },
  }
}

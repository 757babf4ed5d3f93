import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../../test/harness.js'
import { ask, serve, until } from '../serve.js'

const api = router({
  take: event.input(Type.String()).ack(),
  list: event.input(Type.String()).stream(Type.Null()),
})

/** Adds each kind of listener that fails, and some between them that do not. Returns what the latter have seen. */
const listenTo = (signal: AbortSignal): string[] => {
  const seen: string[] = []
  const fail = (): never => {
    throw new Error('thrown')
  }
  const removed = (): number => seen.push('removed')
  signal.addEventListener('abort', fail)
  signal.addEventListener('abort', removed)
  signal.addEventListener('abort', { handleEvent: fail })
  signal.addEventListener('abort', async () => Promise.reject(new Error('rejected')), { once: true })
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- it can fail like a listener
  signal.onabort = fail
  assert.is(signal.onabort, fail)
  // A signal that the application derives.
  AbortSignal.any([signal, new AbortController().signal]).addEventListener('abort', () => {
    throw new Error('derived')
  })
  signal.addEventListener('abort', function (this: unknown, { type }) {
    assert.is(this, signal)
    seen.push(type)
  })
  signal.removeEventListener('abort', removed)
  return seen
}

describe('a listener of a signal that fails', it => {
  it(
    'is reported, and the others are called: the client leaves, the reader, the time is over, the server closes',
    { timeoutMs: 20_000 },
    async context => {
      const { server, client, errors } = await serve(api, context, { timeout: 20 })
      const seen: Record<string, string[]> = {}
      const opened: unknown[] = []
      server.on.connection(({ signal, socket }) => void (seen['connection ' + socket.id] = listenTo(signal)))
      server.on.take(({ input, signal }) => {
        seen[input] = listenTo(signal)
        return new Promise(() => {})
      })
      server.on.list(async function* ({ input, signal }) {
        yield null
        seen[input] = listenTo(signal)
        opened.push(input)
        await new Promise(resolve => signal.addEventListener('abort', resolve))
      })
      const isReported = async (phases: number, where: string, name: string): Promise<void> => {
        await until(() => errors.length >= phases)
        const reports = errors.splice(0).filter(({ error }) => /thrown|rejected|derived/.test(String(error)))
        assert.equal(
          reports.map(({ error }) => (error as Error).message).toSorted(),
          ['derived', 'rejected', 'thrown', 'thrown', 'thrown'],
          where,
        )
        for (const { phase, event: reported, error } of reports)
          assert.equal([phase, String(error) === 'Error: derived' || reported === name], ['handler', true], where)
        assert.equal(seen[where], ['abort'], where)
      }

      const socket = await client()
      assert.match(JSON.stringify(await ask(socket, 'take', 'timed out')), /TIMEOUT/)
      await isReported(6, 'timed out', 'take')
      const [{ next }] = (await ask(socket, 'list', 'left')) as [{ next: string }]
      await until(() => opened.length === 1)
      await ask(socket, 'list:stop', next)
      await isReported(5, 'left', 'list')
      const id = String(socket.id)
      socket.disconnect()
      await isReported(5, `connection ${id}`, 'disconnect')
      const other = await client()
      await server.close({ drain: 0 })
      await isReported(5, `connection ${other.id}`, 'disconnect')
    },
  )
})

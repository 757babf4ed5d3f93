import { EventEmitter } from 'node:events'
import type { Socket } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'
import { streamMemoriesOf, type PageSource } from '../src/server/outbound/stream-memory.js'

/** The cost of a page besides its items. */
const PAGE_BYTES = 512
const MAX_BYTES = 10_000

/** A connection of Engine.IO, or of another engine, which has no event `flush`. */
class Connection extends EventEmitter {
  readonly transport = new EventEmitter()
  readonly sentCallbackFn: unknown[] | undefined
  writeBuffer: unknown[] = []

  constructor(flushes = true) {
    super()
    this.sentCallbackFn = flushes ? [] : undefined
  }

  /** Hands what it has to the transport, which has sent it with `drain`. */
  flush(): void {
    this.writeBuffer = []
    this.emit('flush')
  }
}

const memoryOf = (conn: Connection, maxBytes = MAX_BYTES) =>
  streamMemoriesOf(maxBytes).of({ conn } as unknown as Socket)

const sourceOf = (): PageSource & { resumed: number } => ({
  isUnsent: false,
  resumed: 0,
  resume() {
    this.resumed++
  },
})

describe('the memory of the streams of a connection', it => {
  it('is full with the items that wait, and with those that are kept as well', () => {
    const memory = memoryOf(new Connection())
    assert.is(memory.isFull, false)
    memory.addWaiting(MAX_BYTES - 1)
    assert.is(memory.isFull, false)
    memory.addKept(MAX_BYTES)
    assert.is(memory.isFull, false)
    memory.addKept(1)
    assert.is(memory.isFull, true, 'twice the bytes, together')
    memory.addKept(-MAX_BYTES - 1)
    memory.addWaiting(1)
    assert.is(memory.isFull, true, 'the bytes that may wait')
    memory.addWaiting(-MAX_BYTES)
    memory.addKept(2 * MAX_BYTES - 1)
    assert.is(memory.isFull, false)
    memory.addKept(1)
    assert.is(memory.isFull, true)
  })

  it('is that of the transport, whatever the namespace', () => {
    const memories = streamMemoriesOf(MAX_BYTES)
    const [conn, other] = [new Connection(), new Connection()]
    const of = (each: Connection) => memories.of({ conn: each } as unknown as Socket)
    assert.is(of(conn), of(conn))
    assert.is.not(of(conn), of(other))
    of(conn).countStream('/', 1)
    of(conn).countStream('/', 1)
    of(conn).countStream('/chat', 1)
    of(conn).countStream('/', -1)
    assert.equal([of(conn).openStreams('/'), of(conn).openStreams('/chat'), of(other).openStreams('/')], [1, 1, 0])
    of(conn).countStream('/', -1)
    assert.is(of(conn).openStreams('/'), 0)
  })

  it('lets one page go out, however large, and others within the bytes', () => {
    const conn = new Connection()
    const memory = memoryOf(conn)
    const [large, exact, more] = [sourceOf(), sourceOf(), sourceOf()]
    const write = (): void => void conn.writeBuffer.push('a page')
    assert.is(memory.canSend(large, 5 * MAX_BYTES), true)
    memory.send(large, 1_000, write)
    assert.is(large.isUnsent, true)
    assert.is(memory.canSend(large, 0), false, 'its own next page')
    const left = MAX_BYTES - (1_000 + PAGE_BYTES) - PAGE_BYTES
    assert.is(memory.canSend(exact, left), true)
    assert.is(memory.canSend(more, left + 1), false)
    conn.flush()
    assert.equal([large.isUnsent, more.resumed], [true, 0], 'it is with the transport, which has not sent it')
    conn.transport.emit('drain')
    assert.equal([large.isUnsent, large.resumed, more.resumed, exact.resumed], [false, 1, 1, 0])
    assert.is(memory.canSend(more, 5 * MAX_BYTES), true)
    memory.send(more, 0, write)
    conn.flush()
    conn.transport.emit('drain')
    assert.equal([large.resumed, more.resumed], [1, 2], 'a source is resumed once')
  })

  it('counts a page as sent once each of its parts is, also those that follow it', () => {
    const conn = new Connection()
    const memory = memoryOf(conn)
    const source = sourceOf()
    // The transport takes the page at once, and its attachment waits.
    memory.send(source, 1, () => {
      conn.flush()
      conn.writeBuffer.push('an attachment')
    })
    conn.transport.emit('drain')
    assert.is(source.isUnsent, true)
    conn.flush()
    conn.transport.emit('drain')
    assert.equal([source.isUnsent, source.resumed], [false, 1])
  })

  it('counts nothing that could not be written, and resumes no source that is forgotten', () => {
    const conn = new Connection()
    const memory = memoryOf(conn)
    const [broken, blocked, gone] = [sourceOf(), sourceOf(), sourceOf()]
    assert.throws(
      () =>
        memory.send(broken, 5 * MAX_BYTES, () => {
          throw new Error('a cycle')
        }),
      saying('a cycle'),
    )
    assert.is(broken.isUnsent, false)
    assert.is(memory.canSend(blocked, 5 * MAX_BYTES), true)
    memory.send(broken, MAX_BYTES, () => void conn.writeBuffer.push('a page'))
    for (const source of [blocked, gone]) assert.is(memory.canSend(source, 1), false)
    memory.forget(gone)
    conn.flush()
    // What is not of a stream leaves no listener.
    conn.flush()
    assert.is(conn.transport.listenerCount('drain'), 1)
    conn.transport.emit('drain')
    assert.equal([broken.resumed, blocked.resumed, gone.resumed], [1, 1, 0])
  })

  it('does not know what another engine has sent, and lets all pages go', () => {
    const conn = new Connection(false)
    const memory = memoryOf(conn)
    const source = sourceOf()
    let written = 0
    memory.send(source, 5 * MAX_BYTES, () => written++)
    assert.equal([written, source.isUnsent, conn.listenerCount('flush')], [1, false, 0])
    assert.is(memory.canSend(sourceOf(), 5 * MAX_BYTES), true)
  })

  it('measures values up to the bytes, and none without a bound', () => {
    const getter = Object.defineProperty({}, 'a', { enumerable: true, get: assert.unreachable })
    const memory = memoryOf(new Connection())
    const size = memory.sizeOf('x'.repeat(100))
    assert.ok(size >= 100 && size < 300, String(size))
    assert.ok(memory.sizeOf('x'.repeat(50_000)) >= MAX_BYTES)
    assert.is(memory.sizeOf(getter), 0)
    const unbound = memoryOf(new Connection(), Number.POSITIVE_INFINITY)
    assert.is(unbound.sizeOf('x'.repeat(100)), 0)
  })
})

import { randomBytes } from 'node:crypto'
import { encoded, invalidOutput, refused, standardFailure } from '../../../codec/failure.js'
import type { SchemaCodec } from '../../../codec/schema-codec.js'
import { passes } from '../../../codec/validator.js'
import { idOf, untracked } from '../../../tracked.js'
import { envelope, type EventError, type Issue } from '../../../wire.js'
import { replyFailure, replyThrown, replyValue } from '../reply.js'
import type { Ack, Exchange } from '../exchange.js'
import { signalReporter } from '../../connection.js'
import { createAbortController, isAbort } from '../../signal.js'
import { callSettled, callStarted } from '../../shutdown.js'
import { isPromise } from '../../../thenable.js'
import { sentFormOf } from '../../outbound/sent-form.js'
import { wireFormsOf } from '../../outbound/wire-form.js'
import type { StreamMemory } from '../../outbound/stream-memory.js'
import { Pages, type PagesOwner } from './pages.js'
import type { Reader, Sink } from '../../stream-handles.js'

/**
 * An open stream between a handler that yields items and a socket that reads them. It is a class because there can be
 * thousands of waiting streams, and closures would take more memory in each than its state.
 */
export class Stream implements Sink, Reader, PagesOwner {
  readonly lastEventId: string | undefined
  readonly #exchange: Exchange
  readonly #codec: SchemaCodec
  readonly #id = randomBytes(9).toString('base64url')
  readonly #pages: Pages
  readonly #memory: StreamMemory
  #source: AsyncIterator<unknown> | undefined
  /** Settles when the source has cleaned up. */
  #returned: Promise<unknown> | undefined
  /** Resumes the source. */
  #wake: (() => void) | undefined
  #left: AbortController | undefined
  #isStopped = false
  #isSettled = false

  /** Opens a stream, whose first page answers the exchange. */
  constructor(exchange: Exchange, codec: SchemaCodec, lastEventId: string | undefined) {
    // The answer of the call ends the stream after the waiting items.
    this.#exchange = { ...exchange, ack: (...reply) => this.#finish(reply) }
    this.#codec = codec
    this.#memory = exchange.inbound.streamMemories.of(exchange.connection.socket)
    this.#pages = new Pages(this, this.#id, this.#memory, exchange.ack)
    this.lastEventId = lastEventId
  }

  get signal(): AbortSignal {
    const { connection, route } = this.#exchange
    this.#left ??= createAbortController(signalReporter(connection, route.name))
    if (this.#isStopped) this.#left.abort()
    return this.#left.signal
  }

  /** Starts the stream: `handle` calls the handler with its middleware, and its outcome ends the stream. Resolves when it has settled. */
  start(handle: () => unknown): Promise<void> {
    const { connection, inbound } = this.#exchange
    connection.streams ??= new Map()
    connection.streams.set(this.#id, this)
    this.#memory.countStream(inbound.namespace, 1)
    callStarted(inbound.serverState)
    return new Promise(settle => settle(handle()))
      .then(
        value => (this.#isStopped ? undefined : replyValue(this.#exchange, value)),
        (error: unknown) => replyThrown(this.#exchange, error),
      )
      .finally(() => {
        this.#isSettled = true
        // Middleware may return before the handler does.
        if (this.#source !== undefined) this.#end()
        this.#release()
      })
  }

  async fill(begin: Parameters<Sink['fill']>[0]): Promise<unknown> {
    const { streamWindow } = this.#exchange.inbound
    try {
      const begun = begin()
      const source = isPromise(begun) ? await begun : begun
      this.#source = source
      for (;;) {
        if (this.#pages.isFull(streamWindow) && !this.#isStopped) await new Promise<void>(wake => (this.#wake = wake))
        if (this.#isStopped) return await this.#returnSource()
        const { done, value } = await source.next()
        if (done === true) return value
        if (!this.#isStopped) await this.#add(value)
      }
    } catch (error) {
      // A handler learns of the stop from the signal, and its AbortError is not a mistake.
      if (this.#isStopped && isAbort(error)) return undefined
      throw error
    } finally {
      this.#source = undefined
    }
  }

  claim(step: number | 'stop'): boolean {
    return this.#pages.claim(step)
  }

  pull(page: number, ack: Ack | undefined): boolean {
    return this.#pages.pull(page, ack)
  }

  stop(): void {
    this.#endReading({ items: [] }, undefined)
  }

  close(): void {
    this.#end()
    replyFailure(this.#exchange, standardFailure('DISCONNECTED'))
  }

  emptied(): void {
    this.#wake?.()
  }

  concluded(): void {
    this.#release()
  }

  askedTooOften(): void {
    const failure = standardFailure('DISCONNECTED')
    this.#endReading(envelope(failure), failure.code)
  }

  broken(cause: unknown): void {
    const { route } = this.#exchange
    this.#end()
    replyThrown(this.#exchange, Object.assign(invalidOutput(`on.${route.name}: an item`, []), { cause }))
  }

  /** Adds an item. If that fails, lets the source clean up and rejects; otherwise returns no promise. */
  #add(given: unknown): void | Promise<never> {
    try {
      this.#pages.add(this.#sent(untracked(given)), idOf(given))
    } catch (error) {
      return this.#returnSource().then(() => {
        throw error
      })
    }
  }

  /** Returns an item in its wire form. @throws EventError `INVALID_OUTPUT` for one that can't be encoded or sent, or does not match its schema. */
  #sent(given: unknown): unknown {
    const { route, inbound } = this.#exchange
    const invalid = (issues: readonly Issue[]): EventError => invalidOutput(`on.${route.name}: an item`, issues)
    const item = encoded(this.#codec, given, invalid)
    const issuesOf = ([value]: readonly unknown[]): readonly Issue[] | undefined =>
      passes(this.#codec, value) ? undefined : this.#codec.issues(value, '/0', inbound.maxIssues)
    const issues = issuesOf([item])
    if (issues !== undefined) throw refused(item, invalid(issues))
    // A copy, since the item waits for its reader; and the error of one that can't be sent is thrown here, where its handler runs.
    return sentFormOf([item], { invalid, issuesOf, isCarried: true, encoding: 'json' }).form[0] ?? null
  }

  /** Sets the answer after all items. It waits for the reader, so what JSON can't carry is found here. */
  #finish(reply: readonly unknown[]): void {
    const { name } = this.#exchange.route
    try {
      this.#pages.finish(wireFormsOf(reply, issues => invalidOutput(`on.${name}: the final value`, issues)))
    } catch (error) {
      replyThrown(this.#exchange, error)
    }
  }

  /** Ends the stream on both sides. A reader that waits for a page gets `farewell`. */
  #endReading(farewell: object, code: string | undefined): void {
    const { connection, observation } = this.#exchange
    const { connected } = connection.socket
    this.#end()
    this.#pages.drop(connected ? farewell : undefined)
    observation?.answered(connected ? code : 'DISCONNECTED')
  }

  /** Stops the source. */
  #end(): void {
    if (this.#isStopped) return
    this.#isStopped = true
    this.#left?.abort()
    if (this.#source !== undefined) this.#returnSource().catch(() => {})
    this.#wake?.()
  }

  /** Lets the source clean up, once. */
  #returnSource(): Promise<unknown> {
    this.#returned ??= new Promise(settle => settle(this.#source?.return?.()))
    return this.#returned
  }

  /** Releases the stream once its handler has ended and its reader knows of the end. */
  #release(): void {
    const { connection, inbound } = this.#exchange
    if (!this.#pages.isConcluded || !this.#isSettled || connection.streams?.delete(this.#id) !== true) return
    this.#memory.countStream(inbound.namespace, -1)
    callSettled(inbound.serverState)
    if (connection.streams.size === 0) connection.onStreamsEnded?.()
  }
}

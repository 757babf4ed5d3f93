import type { ClientOutput } from '@ackwire/core/declarations'
import { envelope, type Failure } from '@ackwire/core/wire'
import { wait, type Limits } from './wait.js'
import { withoutTrailing } from './outgoing.js'
import { receive, valueOf } from './receive.js'
import type { Target } from './target.js'

type ErrorListener = (error: unknown, event: string) => void

/** Options for errors of listeners. */
export interface ListenOptions {
  /**
   * Called with errors that no caller gets: what a listener throws or rejects with and, if the contract is given, an output
   * that does not match it (`INVALID_OUTPUT`), which listeners don't receive.
   *
   * @default logs to the console
   */
  readonly onError?: ErrorListener
}

type Listener = (...args: readonly unknown[]) => unknown

/** Listens to an event and answers it with the listener's result. The returned function removes the listener. */
export const listen = (
  [socket, event, output]: Target<ClientOutput>,
  { onError }: Required<ListenOptions>,
  listener: Listener,
): (() => void) => {
  // oxlint-disable-next-line promise/no-promise-in-callback -- the handler can return a promise
  const tell = (error: unknown): unknown => new Promise(resolve => resolve(onError(error, event))).catch(console.error)
  return receive(socket, event, output, (read, ack) => {
    new Promise(resolve => resolve(listener(...read())))
      .then(reply => ack && (output.acks ? [null, output.encode(reply)] : [output.encode(reply)]))
      .catch((error: unknown) => {
        let failure: Failure | undefined
        try {
          failure = ack && output.failureOf(error)
        } catch (broken) {
          tell(broken)
        }
        failure ??= (tell(error), { code: 'INTERNAL', message: 'Internal error' })
        return [output.acks ? failure : envelope(failure)]
      })
      .then(answer => answer && ack?.(...withoutTrailing(answer)))
      // A value that can't be serialized is not sent, and Socket.IO's ack can't be called twice; the server's call times out.
      .catch(tell)
  })
}

/** Awaits one event and resolves to its argument, or to a tuple of several. */
export const nextOf = ([socket, event, output]: Target<ClientOutput>, limits: Limits): Promise<unknown> =>
  wait(socket, event, limits, answer => receive(socket, event, output, read => answer(() => valueOf(read()))))

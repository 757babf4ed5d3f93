import type { ClientOutput } from '@ackwire/core/declarations'
import { envelope } from '@ackwire/core/wire'
import { wait, type Limits } from './wait.js'
import { withoutTrailing } from './outgoing.js'
import { receive, valueOf } from './receive.js'
import type { Target } from './target.js'

type ErrorListener = (error: unknown, event: string) => void

/** Options for errors of listeners. */
export interface ListenOptions {
  /**
   * Called with errors that no caller gets: the error of a listener that should answer and, if the contract is given, an
   * output that does not match it (`INVALID_OUTPUT`), which listeners don't receive.
   *
   * @default logs to the console
   */
  readonly onError?: ErrorListener
}

type Listener = (...args: readonly unknown[]) => unknown

const attempt = <Made>(make: () => Made, failed: (error: unknown) => void): Made | undefined => {
  try {
    return make()
  } catch (error) {
    failed(error)
    return undefined
  }
}

const INTERNAL = { code: 'INTERNAL', message: 'Internal error' }

/** Listens to an event and answers it with the listener's result. The returned function removes the listener. */
export const listen = (
  [socket, event, output]: Target<ClientOutput>,
  { onError }: Required<ListenOptions>,
  listener: Listener,
): (() => void) => {
  const tell = (error: unknown): void => attempt(() => onError(error, event), console.error)
  return receive(socket, event, output, (read, ack) => {
    if (!ack) {
      const args = attempt(read, tell)
      if (args) listener(...args)
      return
    }
    new Promise(resolve => resolve(listener(...read())))
      .then(reply => {
        const sent = output.encode(reply)
        return output.acks ? [null, sent] : [sent]
      })
      .catch((error: unknown) => {
        const failure = attempt(() => output.failureOf(error), tell) ?? (tell(error), INTERNAL)
        return [output.acks ? failure : envelope(failure)]
      })
      // A value that can't be serialized is not sent, and Socket.IO's ack can't be called twice; the server's call times out.
      .then(answer => attempt(() => ack(...withoutTrailing(answer)), tell))
  })
}

/** Awaits one event and resolves to its argument, or to a tuple of several. */
export const nextOf = ([socket, event, output]: Target<ClientOutput>, limits: Limits): Promise<unknown> =>
  wait(socket, event, limits, answer => receive(socket, event, output, read => answer(() => valueOf(read()))))

import type { Incoming } from '@ackwire/core'
import { envelope } from '@ackwire/core/wire'
import { wait, type Limits } from './wait.js'
import { receive, valueOf } from './receive.js'
import type { Target } from './target.js'

type ErrorListener = (error: unknown, event: string) => void

/** Whom a client tells of errors. */
export interface ListenOptions {
  /**
   * Is told what nobody awaits: what a listener threw that was to answer, and, where the contract is given, an output that
   * does not match it (`INVALID_OUTPUT`), which no listener sees. The console by default.
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

/** Listens to an event, and answers it with what the listener returns. The function returned removes the listener. */
export const listen = (
  [socket, event, output]: Target<Incoming>,
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
      .then(reply => output.encode(reply))
      .catch((error: unknown) =>
        envelope(
          attempt(() => output.failureOf(error), tell) ??
            (tell(error), { code: 'INTERNAL', message: 'Internal error' }),
        ),
      )
      // What can't be serialized is not sent, and Socket.IO's ack can't be called again: the server stops waiting by itself.
      .then(answer => attempt(() => (answer === undefined ? ack() : ack(answer)), tell))
  })
}

/** Awaits one event: its argument, several as a tuple. */
export const nextOf = ([socket, event, output]: Target<Incoming>, limits: Limits): Promise<unknown> =>
  wait(socket, event, limits, answer => receive(socket, event, output, read => answer(() => valueOf(read()))))

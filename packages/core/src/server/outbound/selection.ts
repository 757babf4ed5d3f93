import type { Broadcaster } from './broadcaster.js'
import type { Outbound } from './emitters.js'
import { labelled } from '../label.js'
import { timerFor } from '../../timer.js'
import { manySockets } from './recipients.js'

/** Socket.IO's verbs over a set of sockets. Each verb returns a new selection and leaves this one as it was. */
export interface AnySelection {
  readonly emit: object
  to(room: string | string[]): AnySelection
  in(room: string | string[]): AnySelection
  except(room: string | string[]): AnySelection
  timeout(ms: number): AnySelection
  compress(compress: boolean): AnySelection
  readonly local: AnySelection
  readonly volatile: AnySelection
}

/** Selects the sockets of a broadcaster. */
export const selectionOf = (outbound: Outbound, broadcaster: Broadcaster): AnySelection => {
  const select = (next: Broadcaster): AnySelection => selectionOf(outbound, next)
  return {
    ...labelled(`[ackwire: ${outbound.namespace}]`),
    get emit() {
      return outbound.emitTo(manySockets(broadcaster, outbound))
    },
    to: room => select(broadcaster.to(room)),
    in: room => select(broadcaster.in(room)),
    except: room => select(broadcaster.except(room)),
    timeout: ms => selectionOf({ ...outbound, ackTimeout: timerFor(ms) }, broadcaster),
    compress: compress => select(broadcaster.compress(compress)),
    get local() {
      return select(broadcaster.local)
    },
    get volatile() {
      return select(broadcaster.volatile)
    },
  }
}

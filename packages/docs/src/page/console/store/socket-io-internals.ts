import type { Socket } from 'socket.io-client'

/** The version of socket.io-client whose private fields are used here. A test fails if another version is installed. */
export const SEEN_IN = '4.8.4'

/**
 * Tells which outputs without an ack have an offset, or `null` in its place, behind their arguments: those that connection state
 * recovery, which sets `_pid` (seen in 4.8.4), can deliver again; or all or none, of which a server of Ackwire tells by the end of the id.
 */
export const offsetsOf = (socket: Socket | undefined): 'all' | 'some' | 'none' => {
  const pid: unknown = Reflect.get(socket ?? {}, '_pid')
  if (typeof pid !== 'string' || pid.endsWith('.')) return 'none'
  return pid.endsWith('+') ? 'all' : 'some'
}

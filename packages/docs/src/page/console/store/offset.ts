import type { ApiEvent } from '../../document/event.js'
import type { Session } from './session.js'
import { offsetsOf } from './socket-io-internals.js'

/**
 * Removes the offset that Socket.IO adds behind the arguments with connection state recovery. Where not every output has one, it is
 * recognized by the contract, which declares no argument there.
 */
export const withoutOffset = (
  args: readonly unknown[],
  event: ApiEvent | undefined,
  session: Session,
): readonly unknown[] => {
  const offsets = offsetsOf(session.socket())
  const isMore = event !== undefined && event.rest === undefined && args.length > event.args.length
  const hasOffset = offsets === 'all' || (offsets === 'some' && isMore)
  return hasOffset && typeof (args.at(-1) ?? '') === 'string' ? args.slice(0, -1) : args
}

import type { Resolve } from '../../../parse/reference.js'
import { filledWith } from '../store/filled.js'
import type { CodeCall } from './call.js'

/** Returns a call with all defaults filled in, which a client's types require. */
export const typedCall = (call: CodeCall, resolve: Resolve): CodeCall => {
  const { event, namespace, handshake, args } = call
  const auth = namespace.auth === undefined ? handshake.auth : filledWith(namespace.auth, handshake.auth, resolve)
  return {
    ...call,
    handshake: { ...handshake, auth },
    args: args.map((arg, index) => filledWith(event.args[index]?.schema ?? event.rest, arg, resolve)),
  }
}

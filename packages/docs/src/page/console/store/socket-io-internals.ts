import type { Socket } from 'socket.io-client'

/** The version of socket.io-client whose private fields are used here. A test fails if another version is installed. */
export const SEEN_IN = '4.8.4'

/**
 * Returns true if Socket.IO adds an offset behind the arguments of events without an ack: with connection state recovery, which
 * sets `_pid` (seen in 4.8.4).
 */
export const hasOffsets = (socket: Socket | undefined): boolean => Reflect.get(socket ?? {}, '_pid') !== undefined

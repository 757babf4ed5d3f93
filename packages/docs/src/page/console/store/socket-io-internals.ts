import type { Socket } from 'socket.io-client'

/** The release of socket.io-client that has the fields below. A test fails as soon as another one is installed. */
export const SEEN_IN = '4.8.4'

/** Whether Socket.IO puts an offset behind the arguments of what is not answered: `_pid`, in 4.8.4, is there with connection state recovery. */
export const hasOffsets = (socket: Socket | undefined): boolean => Reflect.get(socket ?? {}, '_pid') !== undefined

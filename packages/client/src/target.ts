import type { Socket } from 'socket.io-client'

/** An event of a socket with its codec, as a tuple, since property names would add bytes to every page. */
export type Target<Known> = readonly [socket: Socket, event: string, known: Known]

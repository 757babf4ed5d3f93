import type { Socket } from 'socket.io-client'

/** An event of a socket, with what is known of it. A tuple: its names would be bytes of every page. */
export type Target<Known> = readonly [socket: Socket, event: string, known: Known]

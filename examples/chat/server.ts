import { EventEmitter, once } from 'node:events'
import { attach, tracked } from '@ackwire/core/server'
import type { Server } from 'socket.io'
import { api, type Message, type Name, type Room } from './contract.js'

/** How many messages of a room are kept. */
const KEPT = 500

/** Lets a Socket.IO server chat. It keeps all in memory, so it starts anew with the process. */
export const chat = (io: Server): void => {
  const said: Record<Room, Message[]> = { lobby: [], kitchen: [], garden: [] }
  let ids = 0
  /** By the socket's id: one name may have two windows. */
  const present: Record<Room, Map<string, Name>> = { lobby: new Map(), kitchen: new Map(), garden: new Map() }
  /** Rings with a room's name when something has been said there. */
  const bell = new EventEmitter().setMaxListeners(0)

  const server = attach(io, api).authenticate(({ auth: { name, token } }) => {
    // Whoever is here with a name has it, with the token that they came with.
    for (const { data } of io.sockets.sockets.values())
      if (data.name === name && data.token !== token) throw new Error(`${name} is somebody else's name`)
    return { name, token }
  })

  const tellPresent = (room: Room): void => server.to(room).emit.present(room, [...new Set(present[room].values())])

  server.on.read(async function* ({ input: room, lastEventId, signal, socket, data }) {
    await socket.join(room)
    present[room].set(socket.id, data.name)
    tellPresent(room)
    try {
      // After a reconnect it goes on behind the last message that the client says it has.
      let next = Number(lastEventId ?? -1) + 1 || 0
      while (!signal.aborted) {
        for (const message of said[room].filter(({ id }) => id >= next)) {
          next = message.id + 1
          yield tracked(String(message.id), message)
        }
        if ((said[room].at(-1)?.id ?? -1) < next) await once(bell, room, { signal }).catch(() => {})
      }
    } finally {
      present[room].delete(socket.id)
      await socket.leave(room)
      tellPresent(room)
    }
  })

  server.on.say(({ input: [room, text], socket, data, fail }) => {
    if (!present[room].has(socket.id)) fail('NOT_IN_ROOM', { room })
    said[room] = [...said[room], { id: ids++, author: data.name, text, sentAt: Date.now() }].slice(-KEPT)
    bell.emit(room)
  })

  server.on.typing(({ input: room, socket, data, to }) => {
    if (present[room].has(socket.id)) to(room).volatile.emit.is_typing(room, data.name)
  })
}

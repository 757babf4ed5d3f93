import { EventEmitter, once } from 'node:events'
import { attach, tracked } from '@ackwire/core/server'
import type { Server } from 'socket.io'
import { api, type Message, type Name, type Room } from './contract.js'

/** The number of messages kept per room. */
const KEPT = 500

/** Adds the chat to a Socket.IO server. All state is in memory and lost when the process ends. */
export const chat = (io: Server): void => {
  const said: Record<Room, Message[]> = { lobby: [], kitchen: [], garden: [] }
  let ids = 0
  /** The names in each room, by socket id, since one name may have two windows. */
  const present: Record<Room, Map<string, Name>> = { lobby: new Map(), kitchen: new Map(), garden: new Map() }
  /** Emits a room's name when a message is posted there. */
  const bell = new EventEmitter().setMaxListeners(0)

  const server = attach(io, api).authenticate(({ auth: { name, token } }) => {
    // A name belongs to the token of the connections that already use it.
    for (const { data } of io.sockets.sockets.values())
      if (data.name === name && data.token !== token) throw new Error(`the name ${name} is taken`)
    return { name, token }
  })

  const tellPresent = (room: Room): void => server.to(room).emit.present(room, [...new Set(present[room].values())])

  server.on.read(async function* ({ input: room, lastEventId, signal, socket, data }) {
    await socket.join(room)
    present[room].set(socket.id, data.name)
    tellPresent(room)
    try {
      // After a reconnect the stream resumes behind the last message that the client has.
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
    if (!present[room].has(socket.id)) return fail('NOT_IN_ROOM', { room })
    said[room] = [...said[room], { id: ids++, author: data.name, text, sentAt: Date.now() }].slice(-KEPT)
    bell.emit(room)
  })

  server.on.typing(({ input: room, socket, data, to }) => {
    if (present[room].has(socket.id)) to(room).volatile.emit.is_typing(room, data.name)
  })
}

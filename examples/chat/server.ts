import { EventEmitter, once } from 'node:events'
import { attach, tracked } from '@ackwire/core/server'
import type { Server } from 'socket.io'
import { api, type Message, type Name, type Room } from './contract.js'

/** Lets a Socket.IO server chat. It keeps all in memory, so it starts anew with the process. */
export const chat = (io: Server): void => {
  const tokens = new Map<Name, string>()
  const said: Record<Room, Message[]> = { lobby: [], kitchen: [], garden: [] }
  /** By the socket's id: one name may have two windows. */
  const present: Record<Room, Map<string, Name>> = { lobby: new Map(), kitchen: new Map(), garden: new Map() }
  /** Rings with a room's name when something has been said there. */
  const bell = new EventEmitter().setMaxListeners(0)

  const server = attach(io, api).authenticate(({ auth: { name, token } }) => {
    const owner = tokens.get(name) ?? token
    if (owner !== token) throw new Error(`${name} is somebody else's name`)
    tokens.set(name, token)
    return { name }
  })

  const tellPresent = (room: Room): void => server.to(room).emit.present(room, [...new Set(present[room].values())])

  server.on.read(async function* ({ input: room, lastEventId, signal, socket, data }) {
    await socket.join(room)
    present[room].set(socket.id, data.name)
    tellPresent(room)
    try {
      // After a reconnect it goes on behind the last message that the client has.
      let next = lastEventId === undefined ? 0 : Number(lastEventId) + 1
      while (!signal.aborted) {
        for (const message of said[room].slice(next)) {
          next = message.id + 1
          yield tracked(String(message.id), message)
        }
        if (next === said[room].length) await once(bell, room, { signal }).catch(() => {})
      }
    } finally {
      present[room].delete(socket.id)
      await socket.leave(room)
      tellPresent(room)
    }
  })

  server.on.say(({ input: [room, text], socket, data, fail }) => {
    if (!present[room].has(socket.id)) fail('NOT_IN_ROOM', { room })
    said[room].push({ id: said[room].length, author: data.name, text, sentAt: Date.now() })
    bell.emit(room)
  })

  server.on.typing(({ input: room, data, to }) => to(room).volatile.emit.is_typing(room, data.name))
}

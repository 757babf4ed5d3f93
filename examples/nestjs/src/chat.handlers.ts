import { Inject, Injectable } from '@nestjs/common'
import type { Chat } from './chat.server.js'
import { Rooms } from './rooms.service.js'
import { Users } from './users.service.js'

@Injectable()
export class ModerationHandlers {
  readonly #users: Users

  constructor(@Inject(Users) users: Users) {
    this.#users = users
  }

  mute({ input: { name, minutes } }: Parameters<Chat['moderation']['mute']>[0]): void {
    this.#users.mute(name, minutes)
  }
}

@Injectable()
export class ChatHandlers {
  /** A group of the contract is a field. */
  readonly moderation: ModerationHandlers
  readonly #rooms: Rooms
  readonly #users: Users

  constructor(
    @Inject(Rooms) rooms: Rooms,
    @Inject(Users) users: Users,
    @Inject(ModerationHandlers) moderation: ModerationHandlers,
  ) {
    this.#rooms = rooms
    this.#users = users
    this.moderation = moderation
  }

  async join({ input: room, socket }: Parameters<Chat['join']>[0]) {
    await socket.join(room)
    return this.#rooms.messagesOf(room)
  }

  say({ input: [room, text], data, fail, to }: Parameters<Chat['say']>[0]) {
    const until = this.#users.mutedUntil(data.user.name)
    if (until !== undefined) return fail('MUTED', { until })
    const message = this.#rooms.add(room, data.user.name, text)
    to(room).emit.said(room, message)
    return message
  }
}

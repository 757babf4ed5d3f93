import { Inject, Injectable, Logger } from '@nestjs/common'
import { attach, type Handlers } from '@ackwire/core/server'
import type { Server } from 'socket.io'
import { api } from './contract.js'
import { Users } from './users.service.js'

/** Binds the contract to a server of Socket.IO, with what guards and interceptors do otherwise. */
@Injectable()
export class ChatBinding {
  readonly #log = new Logger('Chat')
  readonly #users: Users

  constructor(@Inject(Users) users: Users) {
    this.#users = users
  }

  bind(io: Server) {
    const server = attach(io, api)
    server.onError(({ event, phase, error }) => this.#log.error(`${event} ${phase}`, String(error)))
    return (
      server
        // A guard of the connection: what it returns is `data` in every handler.
        .authenticate(({ auth, fail }) => {
          const session = this.#users.sessionOf(auth.token)
          if (session === undefined) throw new Error('unknown token')
          const { name, role, expiresAt } = session
          if (expiresAt < new Date()) return fail('TOKEN_EXPIRED', { at: expiresAt }, { message: 'Sign in again' })
          return { user: { name, role } }
        })
        // A guard of single events, and an interceptor.
        .use(async ({ event, data, fail, next }) => {
          if (event.startsWith('moderation:') && data.user.role !== 'moderator')
            return fail('FORBIDDEN', { role: data.user.role })
          const startedAt = performance.now()
          try {
            return await next({ startedAt })
          } finally {
            this.#log.log(`${event} by ${data.user.name}`)
          }
        })
    )
  }
}

type ChatServer = ReturnType<ChatBinding['bind']>

/** The types of the handlers, with the `data` and the `ctx` that they get. */
export type Chat = Handlers<ChatServer>

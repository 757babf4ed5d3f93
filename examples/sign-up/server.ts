import { attach } from '@ackwire/core/server'
import type { Server } from 'socket.io'
import { api } from './contract.js'

/** Adds sign-up to a Socket.IO server. All state is in memory and lost when the process ends. */
export const signUp = (io: Server): void => {
  const server = attach(io, api)
  const emails = new Set<string>()

  server.on.user_sign_up(({ input, fail }) => {
    if (emails.has(input.email)) return fail('EMAIL_TAKEN', { suggestion: `${emails.size}.${input.email}` })
    emails.add(input.email)
    server.emit.user_joined({ email: input.email })
    return { success: true }
  })
}

import { createServer } from 'node:http'
import { attach } from '@ackwire/core/server'
import * as docs from '@ackwire/docs'
import { Server } from 'socket.io'
import { api, info } from './contract.js'

export const http = createServer()
const server = attach(new Server(http), api)
docs.serve(http, api, { info, path: '/docs' })

const emails = new Set<string>()

server.on.user_sign_up(({ input, fail }) => {
  if (emails.has(input.email)) fail('EMAIL_TAKEN', { suggestion: `${emails.size}.${input.email}` })
  emails.add(input.email)
  server.emit.user_joined({ email: input.email })
  return { success: true }
})

http.listen(Number(process.env['PORT'] ?? 3000))

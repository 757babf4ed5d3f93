import { createServer } from 'node:http'
import { attach } from '@ackwire/core/server'
import { Server } from 'socket.io'
import { api } from './contract.js'

export const http = createServer()
const server = attach(new Server(http), api)

const names = new Set<string>()
const texts: string[] = []

server.on.join(({ input: name, socket, broadcast }) => {
  names.add(name)
  socket.data.name = name
  broadcast.emit.joined(name)
  return [...names]
})

server.on.say(({ input: { text }, socket }) => {
  const number = texts.push(text)
  server.emit.said({ from: socket.data.name ?? 'somebody', text })
  return number
})

server.on.read(({ input: number, fail }) => texts[number - 1] ?? fail('NOT_FOUND', { number }))

http.listen(Number(process.env['PORT'] ?? 3000))

import { createServer } from 'node:http'
import { attach } from '@ackwire/core/server'
import { Server } from 'socket.io'
import { api } from './contract.js'

export const http = createServer()
const io = new Server(http)
const server = attach(io, api)

const names = new Set<string>()
const texts: string[] = []

server.on.say(({ input: { text }, socket }) => {
  const number = texts.push(text)
  server.emit.said({ from: socket.data.name ?? 'somebody', text })
  return number
})

io.on('connection', socket => {
  socket.on('join', (name, ack) => {
    if (typeof name !== 'string' || name === '') return
    names.add(name)
    socket.data.name = name
    socket.broadcast.emit('joined', name)
    ack([...names])
  })

  socket.on('read', (number, ack) => {
    if (typeof number !== 'number' || number < 1) return
    ack(texts[number - 1])
  })
})

http.listen(Number(process.env['PORT'] ?? 3000))

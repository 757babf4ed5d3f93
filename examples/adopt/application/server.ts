import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { Server, type Namespace } from 'socket.io'

interface User {
  id: string
  name: string
  role: 'user' | 'admin'
}
interface Message {
  id: string
  from: string
  text: string
  at: string
}
type Presence = 'online' | 'away' | 'offline'

const SECRET = process.env['JWT_SECRET'] ?? 'for development only'
const LARGEST_FILE = 64 * 1024
const VERSION = '2.3.1'

const rooms = new Map<string, Message[]>([
  ['lobby', []],
  ['kitchen', []],
])
const presence = new Map<string, Presence>()
const files = new Map<string, { name: string; data: Buffer }>()
const muted = new Set<string>()
const counts: Record<string, number> = {}

/** A JSON Web Token, checked by hand. */
const verify = (token: unknown): User => {
  const [head, body, signature] = String(token).split('.')
  const expected = createHmac('sha256', SECRET).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature ?? '', 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Error('invalid token')
  const { sub, name, role = 'user', exp } = JSON.parse(Buffer.from(body ?? '', 'base64url').toString())
  if (exp * 1000 < Date.now()) {
    const data = { code: 'TOKEN_EXPIRED', at: new Date(exp * 1000).toISOString() }
    throw Object.assign(new Error('jwt expired'), { data })
  }
  return { id: sub, name, role }
}

export const http = createServer()
export const io = new Server(http, { cors: { origin: '*' } })
const admin = io.of('/admin')

const authenticated = (namespace: Namespace): void => {
  namespace.use((socket, next) => {
    const { token } = socket.handshake.auth
    if (!token) return next(new Error('authentication required'))
    try {
      socket.data.user = verify(token)
      next()
    } catch (error) {
      next(error as Error)
    }
  })
}
authenticated(io.of('/'))
authenticated(admin)

io.on('connection', socket => {
  const user: User = socket.data.user

  socket.onAny(event => {
    counts[event] = (counts[event] ?? 0) + 1
  })

  socket.use(([event, ...args], next) => {
    if (!muted.has(user.id) || event === 'leave' || event === 'history') return next()
    const ack = args.at(-1)
    if (typeof ack === 'function') ack('you are muted')
  })

  socket.join(`user:${user.id}`)
  presence.set(user.id, 'online')
  socket.broadcast.emit('presence', user.id, 'online')
  socket.emit('welcome', user, [...rooms.keys()])
  socket.timeout(60_000).emit('client version', VERSION, (error: Error | null, version: string) => {
    if (!error && version !== VERSION) socket.emit('outdated', { yours: version, current: VERSION })
  })

  socket.on('join', async (room, ack) => {
    const messages = rooms.get(room)
    if (!messages) return ack(`no such room: ${room}`)
    await socket.join(room)
    socket.to(room).emit('joined', room, user)
    const sockets = await io.in(room).fetchSockets()
    ack(null, { room, users: sockets.map(({ data }) => data.user.name), messages: messages.slice(-20) })
  })

  socket.on('leave', (room, ack) => {
    if (!socket.rooms.has(room)) return ack('you are not in this room')
    socket.leave(room)
    socket.to(room).emit('left', room, user)
    ack()
  })

  // From a client without an ack, to clients with the author: one name in both directions.
  socket.on('typing', (room, isTyping) => {
    if (socket.rooms.has(room)) socket.to(room).volatile.emit('typing', room, user.name, isTyping)
  })

  socket.on('message', ({ room, text }, ack) => {
    if (!socket.rooms.has(room)) return ack(new Error('join the room first').message)
    if (text.trim() === '') return ack('the message is empty')
    const message = { id: randomUUID(), from: user.name, text, at: new Date().toISOString() }
    rooms.get(room)?.push(message)
    socket.to(room).emit('message', room, message)
    ack(null, message)
  })

  socket.on('private message', async (to, text, ack) => {
    const sockets = await io.in(`user:${to}`).fetchSockets()
    if (sockets.length === 0) return ack(`${to} is offline`)
    const message = { id: randomUUID(), from: user.id, text, at: new Date().toISOString() }
    io.to(`user:${to}`).emit('private message', message)
    ack(null, { id: message.id, at: message.at, devices: sockets.length })
  })

  socket.on('history', (room, options, ack) => {
    if (typeof options === 'function') [options, ack] = [{}, options]
    const messages = rooms.get(room)
    if (!messages) return ack(`no such room: ${room}`)
    const { before, limit = 50 } = options
    const end = before ? messages.findIndex(({ id }) => id === before) : messages.length
    ack(null, messages.slice(Math.max(0, end - limit), end))
  })

  socket.on('upload', (room, name, data, ack) => {
    if (data.length > LARGEST_FILE) return ack({ message: 'the file is too large', limit: LARGEST_FILE })
    const sha256 = createHash('sha256').update(data).digest('hex')
    files.set(sha256, { name, data })
    socket.to(room).emit('file', room, { from: user.name, name, sha256, preview: data.subarray(0, 8) })
    ack(null, { sha256, size: data.length })
  })

  socket.on('download', (sha256, ack) => {
    const file = files.get(sha256)
    if (!file) return ack('no such file')
    ack(null, file)
  })

  socket.on('presence', (status, ack) => {
    presence.set(user.id, status)
    socket.broadcast.emit('presence', user.id, status)
    if (ack) ack()
  })

  socket.on('who', ack => ack(null, Object.fromEntries(presence)))

  socket.on('version', ack => ack(VERSION))

  socket.on('disconnecting', () => {
    for (const room of socket.rooms) if (rooms.has(room)) socket.to(room).emit('left', room, user)
  })

  socket.on('disconnect', () => {
    presence.set(user.id, 'offline')
    socket.broadcast.emit('presence', user.id, 'offline')
  })
})

admin.use((socket, next) => {
  next(socket.data.user.role === 'admin' ? undefined : new Error('forbidden'))
})

admin.on('connection', socket => {
  socket.on('announce', (text, ack) => {
    io.emit('announcement', { from: socket.data.user.name, text })
    ack(null, io.of('/').sockets.size)
  })

  socket.on('mute', (id, isMuted, ack) => {
    muted[isMuted ? 'add' : 'delete'](id)
    ack()
  })

  socket.on('kick', async (id, reason, ack) => {
    const sockets = await io.in(`user:${id}`).fetchSockets()
    if (sockets.length === 0) return ack(`${id} is offline`)
    io.to(`user:${id}`).emit('kicked', reason)
    io.in(`user:${id}`).disconnectSockets()
    ack(null, sockets.length)
  })

  socket.on('stats', ack => ack(null, { counts, rooms: rooms.size }))
})

http.listen(process.env['PORT'] ?? 3000)

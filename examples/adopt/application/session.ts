/** The session of the clients that the application has had for years: `socket.io-client`, and nothing else. */
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import type { Socket } from 'socket.io-client'
import { createRecorder, type Transport } from './recorder.js'

const SECRET = 'for development only'
const IN_2100 = 4_102_444_800

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const tokenOf = (sub: string, { role, exp = IN_2100 }: { role?: string; exp?: number } = {}): string => {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub, name: sub.toUpperCase(), role, exp })}`
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`
}

/** Sends an event, and resolves to the arguments that its ack is called with. */
const ask = (socket: Socket, event: string, ...args: unknown[]): Promise<unknown[]> =>
  new Promise(resolve => socket.emit(event, ...args, (...answer: unknown[]) => resolve(answer)))

/** Resolves to the arguments of an event. */
const heard = (socket: Socket, event: string): Promise<unknown[]> =>
  new Promise(resolve => socket.once(event, (...args: unknown[]) => resolve(args)))

/** Plays the session against a server, and resolves to its transcript. */
export const play = async (url: string, transport: Transport): Promise<string> => {
  const recorder = createRecorder(url, transport)

  for (const [name, token] of [
    ['nobody'],
    ['late', tokenOf('late', { exp: 1_000_000_000 })],
    ['forger', `${tokenOf('ann', { role: 'admin' }).slice(0, -4)}AAAA`],
  ] as const) {
    const refused = recorder.connect(name, token)
    await heard(refused, 'connect_error')
    refused.disconnect()
  }

  const ann = recorder.connect('ann', tokenOf('ann', { role: 'admin' }))
  ann.on('client version', (version, ack) => ack(version))
  await Promise.all([heard(ann, 'welcome'), heard(ann, 'client version')])
  await ask(ann, 'version')
  const online = heard(ann, 'presence')
  const bob = recorder.connect('bob', tokenOf('bob'))
  bob.on('client version', (_, ack) => ack('1.0.0'))
  await Promise.all([online, heard(bob, 'welcome'), heard(bob, 'outdated')])

  await ask(ann, 'join', 'lobby')
  await ask(ann, 'join', 'cellar')
  const joined = heard(ann, 'joined')
  await ask(bob, 'join', 'lobby')
  await joined

  const said = heard(bob, 'message')
  await ask(ann, 'message', { room: 'lobby', text: 'hello' })
  const [, first] = (await said) as [string, { id: string }]
  await ask(bob, 'message', { room: 'lobby', text: ' ' })
  await ask(bob, 'message', { room: 'kitchen', text: 'hello' })
  const typing = transport === 'websocket' ? heard(bob, 'typing') : undefined
  ann.emit('typing', 'lobby', true)
  await typing

  const whispered = heard(bob, 'private message')
  await ask(ann, 'private message', 'bob', 'psst')
  await whispered
  await ask(ann, 'private message', 'carol', 'psst')

  const saidAgain = heard(bob, 'message')
  await ask(ann, 'message', { room: 'lobby', text: 'two' })
  await saidAgain
  await ask(bob, 'history', 'lobby')
  await ask(bob, 'history', 'lobby', { limit: 1 })
  await ask(bob, 'history', 'lobby', { before: first.id, limit: 5 })
  await ask(bob, 'history', 'cellar')

  const shared = heard(bob, 'file')
  const [, receipt] = (await ask(ann, 'upload', 'lobby', 'a.bin', Buffer.from('0123456789'))) as [
    null,
    { sha256: string },
  ]
  await shared
  await ask(ann, 'upload', 'lobby', 'large.bin', Buffer.alloc(70_000, 1))
  await ask(bob, 'download', receipt.sha256)
  await ask(bob, 'download', '0'.repeat(64))

  const away = heard(bob, 'presence')
  await ask(ann, 'presence', 'away')
  await away
  const back = heard(ann, 'presence')
  bob.emit('presence', 'away')
  await back
  await ask(bob, 'who')
  bob.emit('an event that nobody hears', { at: null })

  const outsider = bob.io.socket('/admin', { auth: { token: tokenOf('bob') } })
  await heard(outsider, 'connect_error')
  const admin = ann.io.socket('/admin', { auth: { token: tokenOf('ann', { role: 'admin' }) } })
  await heard(admin, 'connect')
  const announced = [heard(ann, 'announcement'), heard(bob, 'announcement')]
  await ask(admin, 'announce', 'Maintenance at noon')
  await Promise.all(announced)
  await ask(admin, 'mute', 'bob', true)
  await ask(bob, 'message', { room: 'lobby', text: 'unheard' })
  bob.emit('typing', 'lobby', true)
  await ask(bob, 'history', 'lobby', { limit: 1 })
  const left = heard(ann, 'left')
  await ask(bob, 'leave', 'lobby')
  await left
  await ask(bob, 'leave', 'lobby')
  await ask(admin, 'mute', 'bob', false)
  const again = heard(ann, 'joined')
  await ask(bob, 'join', 'lobby')
  await again
  await ask(admin, 'stats')

  const gone = [heard(bob, 'disconnect'), heard(ann, 'presence')]
  await ask(admin, 'kick', 'bob', 'spam')
  await Promise.all(gone)
  await ask(admin, 'kick', 'carol', 'spam')
  admin.disconnect()
  await ask(ann, 'who')

  for (const socket of [ann, bob]) {
    const closed = socket.io.engine.readyState === 'closed' ? undefined : once(socket.io.engine as never, 'close')
    socket.io.engine.close()
    await closed
  }
  return recorder.transcript()
}

/** Two typed clients of the application at the address in the first argument; prints what they send and receive. */
import { createClient, safe } from '@ackwire/client'
import { api } from './contract.js'

const url = process.argv[2] ?? 'http://127.0.0.1:3000'
const connect = (token: string) =>
  createClient(api, url, { auth: { token }, forceNew: true, transports: ['websocket'] })

const late = connect('old-token-of-bob')
const { message, data } = await late.once.connect_error()
if (data?.code === 'TOKEN_EXPIRED') console.log('refused:', message, data.data.at.getFullYear())
late.close()

const [ann, bob] = [connect('token-of-ann'), connect('token-of-bob')]
console.log('bob joins:', await bob.emit.join('lobby'))
const heard = bob.once.said()
await ann.emit.join('lobby')
const { from, text } = await ann.emit.say('lobby', 'Hello!')
console.log('ann says:', from, text)
const [room, said] = await heard
console.log('bob hears:', room, said.from, said.text)

const [invalid] = await safe(bob.emit.say('The Lobby', ''))
console.log('bob is wrong:', invalid?.code, invalid?.issues.map(({ path }) => path).join(' '))
const [forbidden] = await safe(bob.emit.moderation.mute({ name: 'ann', minutes: 5 }))
if (forbidden?.code === 'FORBIDDEN') console.log('bob may not:', forbidden.data.role)
await ann.emit.moderation.mute({ name: 'bob', minutes: 5 })
const [muted] = await safe(bob.emit.say('lobby', 'Me, too'))
console.log('bob is muted:', muted?.code)
console.log('version:', await ann.socket.emitWithAck('version'))

ann.close()
bob.close()

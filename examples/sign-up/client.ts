import { createClient, safe } from '@ackwire/client'
import type { api } from './contract.js'

const client = createClient<typeof api>(`http://localhost:${process.env['PORT'] ?? 3000}`)

client.on.user_joined(user => console.log('joined:', user.email))

const [error, reply] = await safe(client.emit.user_sign_up({ email: 'bob@gmail.com', password: '123456' }))
if (error?.code === 'EMAIL_TAKEN') console.log('try', error.data.suggestion)
else console.log(error ?? reply)

client.close()

import { createClient } from '@ackwire/client'
import { event, router, type Router } from '@ackwire/core'
import type { ServerOf } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { expectType } from '../../../../test/expect-type.js'

const At = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())

const api = router(
  {
    ping: event.input().ack(),
    '/admin': router({}, { errors: { NOT_ADMIN: Type.Null() } }),
    '/open': router({}),
  },
  { auth: Type.Object({ token: Type.String() }), errors: { TOKEN_EXPIRED: Type.Object({ at: At }) } },
)
const contract: Router = api
void contract

declare const server: ServerOf<typeof api>
server
  .use(({ next }) => next({ more: 1 }))
  .authenticate(({ auth, fail }) => {
    if (auth.token === '') fail('TOKEN_EXPIRED', { at: new Date(0) }, { message: 'Expired' })
    // @ts-expect-error the wire form
    if (auth.token === 'a') fail('TOKEN_EXPIRED', { at: '' })
    // @ts-expect-error the code of another namespace
    if (auth.token === 'b') fail('NOT_ADMIN', null)
    return { user: auth.token }
  })
server.of('/admin').authenticate(({ fail }) => fail('NOT_ADMIN', null))
// @ts-expect-error no errors are declared
server.of('/open').authenticate(({ fail }) => fail('NOT_ADMIN', null))

const client = createClient<typeof api>({ autoConnect: false })
client.on.connect_error(({ data }) => {
  if (data?.code === 'TOKEN_EXPIRED') expectType(data.data).toBe<{ at: string }>()
  if (data?.code === 'UNAUTHORIZED') expectType(data.message).toBe<string>()
  // @ts-expect-error the code of another namespace
  if (data?.code === 'NOT_ADMIN') throw data
})
const { data } = await client.of('/admin').once.connect_error()
if (data?.code === 'NOT_ADMIN') expectType(data.data).toBe<null>()
createClient(api, { autoConnect: false }).on.connect_error(({ data: own }) => {
  if (own?.code === 'TOKEN_EXPIRED') expectType(own.data).toBe<{ at: Date }>()
})
client.of('/open').on.connect_error(error => expectType(error.data?.code).toBe<string | undefined>())

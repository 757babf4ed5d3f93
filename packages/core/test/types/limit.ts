import { event, router, type Event, type Limit } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import { Server } from 'socket.io'
import { expectType } from '../../../../test/expect-type.js'

const plain = event.input(Type.String()).ack(Type.Integer())
const limited = plain.limit({ inFlight: { perSocket: 1 }, rate: { perUser: { calls: 5, seconds: 60 } }, maxBytes: 100 })

// A limit changes nothing of an event's types.
expectType(limited).toBe<typeof plain>()
expectType<(typeof limited)['~event']['limit']>().toBe<Limit | undefined>()
expectType<Parameters<Event['limit']>>().toBe<[limit: Limit]>()

const api = router({ limited, todo: router({}, { limit: { inFlight: { total: 5 } } }) }, { limit: { maxBytes: 5 } })

attach(new Server(), api, {
  limits: {
    userOf: socket => socket.id,
    rateLimiter: options => new RateLimiterRedis({ ...options, storeClient: {} }),
    override: { limited: false, todo: { maxBytes: 1 } },
    timeout: 50,
    uncounted: 'refuse',
  },
})

// @ts-expect-error a rate says within how many seconds
plain.limit({ rate: { perSocket: { calls: 1 } } })
// @ts-expect-error a rate has no other unit
plain.limit({ rate: { perSocket: { calls: 1, seconds: 1, ms: 1 } } })
// @ts-expect-error calls in flight are not counted by user
plain.limit({ inFlight: { perUser: 1 } })
// @ts-expect-error a size is a number of bytes
plain.limit({ maxBytes: '1kb' })
// @ts-expect-error a router's limit is the same
router({}, { limit: { inFlight: 5 } })
// @ts-expect-error userOf returns a string
attach(new Server(), api, { limits: { userOf: () => 5 } })
// @ts-expect-error what is not counted passes or is refused
attach(new Server(), api, { limits: { uncounted: 'open' } })

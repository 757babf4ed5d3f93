import { event, router, type Limit } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'

const whole: Limit = {
  inFlight: { perSocket: 2, total: 100 },
  rate: {
    perSocket: { calls: 5, seconds: 1 },
    perUser: { calls: 10, seconds: 60 },
    total: { calls: 1_000, seconds: 1 },
  },
  maxBytes: 16_384,
}

describe('a limit', it => {
  it('is data of an event and of a router, frozen', () => {
    const limited = event.input(Type.String()).limit(whole)
    assert.equal(limited['~event'].limit, whole)
    assert.is(event.input()['~event'].limit, undefined)
    const api = router({ limited, todo: router({ add: event.input() }, { limit: { maxBytes: 10 } }) }, { limit: whole })
    assert.equal(api['~router'].options.limit, whole)
    const [one, add] = api['~router'].namespaces[0]?.events ?? []
    assert.equal(one?.limit, whole)
    assert.equal(add?.groups[0]?.limit, { maxBytes: 10 })
    const { limit } = limited['~event']
    for (const part of [limit, limit?.inFlight, limit?.rate, limit?.rate?.perUser]) assert.ok(Object.isFrozen(part))
  })

  it('takes no part in changes of the object it was written as', () => {
    const said = { inFlight: { perSocket: 1 }, maxBytes: 10 }
    const { limit } = event.input().limit(said)['~event']
    said.inFlight.perSocket = 5
    said.maxBytes = 50
    assert.equal(limit, { inFlight: { perSocket: 1 }, maxBytes: 10 })
    assert.not(Object.isFrozen(said))
  })

  it('may leave parts undefined', () => {
    const said = JSON.parse('{ "maxBytes": 1 }') as Limit
    const { limit } = event.input().limit(Object.assign(said, { inFlight: undefined }))['~event']
    assert.equal(limit, { maxBytes: 1 })
  })

  const refused: [said: unknown, message: string][] = [
    [5, '.limit: expected an object with inFlight, rate, maxBytes, got a number'],
    [undefined, '.limit: expected an object with inFlight, rate, maxBytes, got undefined'],
    [{}, '.limit: it limits nothing; give at least one of inFlight, rate, maxBytes'],
    [{ rates: {} }, '.limit: unknown key "rates"; expected one of inFlight, rate, maxBytes'],
    [{ inFlight: 5 }, '.limit inFlight: expected an object with perSocket, total, got a number'],
    [{ inFlight: {} }, '.limit inFlight: it limits nothing; give at least one of perSocket, total'],
    [{ inFlight: { perUser: 1 } }, '.limit inFlight: unknown key "perUser"; expected one of perSocket, total'],
    [{ inFlight: { perSocket: 0 } }, '.limit inFlight.perSocket: expected an integer of at least 1, got 0'],
    [{ inFlight: { total: -1 } }, '.limit inFlight.total: expected an integer of at least 1, got -1'],
    [{ inFlight: { total: Number.NaN } }, '.limit inFlight.total: expected an integer of at least 1, got NaN'],
    [{ maxBytes: Infinity }, '.limit maxBytes: expected an integer of at least 1, got Infinity'],
    [{ maxBytes: '1kb' }, '.limit maxBytes: expected an integer of at least 1, got a string'],
    [{ rate: [] }, '.limit rate: expected an object with perSocket, perUser, total, got an array'],
    [{ rate: { perSecond: 5 } }, '.limit rate: unknown key "perSecond"; expected one of perSocket, perUser, total'],
    [{ rate: { perSocket: 5 } }, '.limit rate.perSocket: expected an object with calls, seconds, got a number'],
    [
      { rate: { perSocket: { calls: 5, ms: 100 } } },
      '.limit rate.perSocket: unknown key "ms"; expected one of calls, seconds',
    ],
    [
      { rate: { perSocket: { calls: 1.5, seconds: 1 } } },
      '.limit rate.perSocket.calls: expected an integer of at least 1, got 1.5',
    ],
    [
      { rate: { perSocket: { calls: 1 } } },
      '.limit rate.perSocket.seconds: expected an integer from 1 to 2147483, got undefined',
    ],
    [
      { rate: { total: { calls: 1, seconds: 0.5 } } },
      '.limit rate.total.seconds: expected an integer from 1 to 2147483, got 0.5',
    ],
    [
      { rate: { total: { calls: 1, seconds: 2_147_484 } } },
      '.limit rate.total.seconds: expected an integer from 1 to 2147483, got 2147484',
    ],
  ]
  for (const [said, message] of refused) {
    it(`is refused with the path: ${message}`, () => {
      const input = event.input()
      assert.throws(() => Reflect.apply(input.limit, input, [said]), saying(`ackwire: ${message}`))
    })
  }

  it('is refused at a router, with the path', () => {
    const limit = { rate: { perSocket: { calls: -5, seconds: 1 } } }
    assert.throws(
      () => router({}, { limit }),
      saying('ackwire: router options limit rate.perSocket.calls: expected an integer of at least 1, got -5'),
    )
  })

  it('is refused where there is one, and where the server itself sends', () => {
    assert.throws(
      () => event.input().limit(whole).limit(whole),
      saying('ackwire: .limit: the event already has a limit; declare all of it in one call'),
    )
    assert.throws(
      () => event.output().limit(whole),
      saying('ackwire: .limit: a limit applies to what clients send, and this event is an output; leave it out'),
    )
  })
})

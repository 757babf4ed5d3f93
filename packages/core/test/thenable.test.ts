// oxlint-disable unicorn/no-thenable -- thenables are what is tested
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { assertNoPromise, holdPromise, holdPromises, isPromise, isPromiseRefusal } from '../src/thenable.js'

const rejected = (): Promise<never> => Promise.reject(new Error('a rejection that nobody awaits'))
const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 5))

describe('promises that nobody awaits', it => {
  it('are told from other values', () => {
    for (const value of [Promise.resolve(), { then: () => {} }]) assert.is(isPromise(value), true)
    for (const value of [null, undefined, {}, { then: 1 }, [], () => {}, 'then']) assert.is(isPromise(value), false)
  })

  it('are held anywhere in a value, which may contain itself or throw when it is read', async () => {
    const value: Record<string, unknown> = {
      first: rejected(),
      list: [1, { deep: rejected() }],
      bytes: Buffer.from('x'),
    }
    value['itself'] = value
    const broken = Object.defineProperty({}, 'a', { enumerable: true, get: assert.unreachable })
    holdPromises([value, broken, { last: rejected() }])
    assert.is(holdPromise(rejected()), true)
    assert.is(holdPromise(Object.defineProperty({}, 'then', { get: assert.unreachable })), false)
    await settled()
  })

  it('are looked for in 10,000 objects, since a getter can make ever more of them', () => {
    let made = 0
    const endless = (): object =>
      Object.defineProperty({}, 'next', { enumerable: true, get: () => (made++, endless()) })
    holdPromises(endless())
    assert.is(made, 10_000)
  })

  it('are refused where a value belongs, with the place', async () => {
    assert.is(assertNoPromise(1, 'here', 'a number'), 1)
    let refusal: unknown
    assert.throws(
      () => assertNoPromise(rejected(), 'here', 'a number', 'await it'),
      (error: unknown) => ((refusal = error), true),
    )
    assert.is((refusal as Error).message, 'ackwire: here: expected a number, got a promise; await it')
    assert.equal([refusal, new TypeError('x'), 1, null].map(isPromiseRefusal), [true, false, false, false])
    await settled()
  })
})

import { event, router, type Router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { type TSchema, Type } from '@sinclair/typebox'
import { Check, Clone, Default } from '@sinclair/typebox/value'
import { Ajv } from 'ajv'
import * as fc from 'fast-check'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { filled, json, matches, samples, type Sample } from '../../core/test/fuzz/schemas.js'

const asInput = (schema: TSchema) => (): Router => router({ it: event.input(schema) })
const asOutput = (schema: TSchema) => (): Router => router({ it: event.output(schema) })

/** Returns a document, or nothing if generated modules clash over a name, which is refused. */
const documentOf = (define: () => Router) => {
  try {
    return docs.document(define())
  } catch (error) {
    fc.pre(!/(names|belongs to) a different schema/.test(String(error)))
    throw error
  }
}

/** Returns a validator for the argument in the document of one event. */
const checkOf = (define: () => Router): ((value: unknown) => boolean) => {
  const { channels, components } = documentOf(define)
  const message = Object.values(channels['root']?.messages ?? {})[0]
  assert.ok(message !== undefined && 'payload' in message)
  return new Ajv({ strict: false, validateFormats: false }).compile({ ...message.payload, components })
}

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
const runs = Number(process.env['RUNS'] ?? 300)
const setting = (numRuns: number) => ({ seed, numRuns, includeErrorInReport: true })

/** Generates a schema with values, most of which are likely to match it. */
const cases = (sample: fc.Arbitrary<Sample>) =>
  sample.chain(({ schema, value }) =>
    fc.tuple(
      fc.constant(schema),
      fc.array(fc.oneof({ weight: 4, arbitrary: value }, json), { minLength: 8, maxLength: 8 }),
    ),
  )

describe('a draft-07 validator', it => {
  it('agrees with TypeBox about outputs of any schema', { timeoutMs: 300_000 }, ({ print }) => {
    print(`seed ${seed}; the same again: SEED=${seed}, more: RUNS=10000`)
    let matched = 0
    fc.assert(
      fc.property(cases(samples.any), ([schema, values]) => {
        const check = checkOf(asOutput(schema))
        for (const value of values) {
          const expected = matches(schema, value)
          if (expected === undefined) continue
          if (expected) matched++
          if (check(value) !== expected) throw new Error(`${JSON.stringify(value)} of ${JSON.stringify(schema)}`)
        }
      }),
      setting(runs),
    )
    assert.ok(matched > runs, `only ${matched} values matched`)
  })

  it('agrees about inputs with a server that fills in defaults', { timeoutMs: 300_000 }, () => {
    fc.assert(
      fc.property(cases(filled.object), ([schema, values]) => {
        const check = checkOf(asInput(schema))
        for (const value of values) {
          const expected = Check(schema, Default(schema, Clone(value)))
          if (check(value) !== expected) throw new Error(`${JSON.stringify(value)} of ${JSON.stringify(schema)}`)
        }
      }),
      setting(runs),
    )
  })

  it('accepts the wire form of dates, bytes and patterns', () => {
    const at = new Date(0)
    const check = checkOf(
      asOutput(Type.Object({ date: Type.Date(), bytes: Type.Uint8Array(), text: Type.RegExp('^a') })),
    )
    assert.ok(check({ date: at.toJSON(), bytes: 'AQID', text: 'ab' }))
    assert.not.ok(check({ date: 0, bytes: 'AQID', text: 'ab' }))
    assert.not.ok(check({ date: at.toJSON(), bytes: [1], text: 'ab' }))
    assert.not.ok(check({ date: at.toJSON(), bytes: 'AQID', text: 'b' }))
  })
})

import { event, router } from '@ackwire/core'
import type { AttachOptions } from '@ackwire/core/server'
import { FormatRegistry, Type, type TSchema } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { ask, serve } from '../serve.js'

/** Registers a format that counts how often it is asked. */
const counted = ({ defer }: TestContext): { asked: number } => {
  const count = { asked: 0 }
  FormatRegistry.Set('counted', () => ++count.asked > 0)
  defer(() => FormatRegistry.Delete('counted'))
  return count
}

const nodeOf = (kind: string, This: TSchema, text: TSchema) =>
  Type.Object({
    kind: Type.Literal(kind),
    text: Type.Optional(text),
    next: Type.Optional(This),
    list: Type.Optional(Type.Array(This)),
    n: Type.Integer({ default: 1 }),
  })

/** Schemas that can stand in themselves by way of a union; `text` is in their leaves. */
const SCHEMAS: Readonly<Record<string, (text: TSchema) => TSchema>> = {
  'a recursive union': text => Type.Recursive(This => Type.Union([nodeOf('a', This, text), nodeOf('b', This, text)])),
  'a recursive object with a union': text => Type.Recursive(This => nodeOf('b', Type.Union([Type.Null(), This]), text)),
  'a union of a module': text =>
    Type.Module({
      A: nodeOf('a', Type.Ref('Any'), text),
      B: nodeOf('b', Type.Ref('Any'), text),
      Any: Type.Union([Type.Ref('A'), Type.Ref('B')]),
    }).Import('Any'),
}

const Text = Type.String({ format: 'counted' })
const Loud = Type.Transform(Text)
  .Decode(text => `${text}!`)
  .Encode(text => text.slice(0, -1))

/**
 * Cases in which unions are checked: a title, the options, the string in the leaves, and that string as the handler
 * gets it.
 */
const WAYS: readonly (readonly [title: string, options: AttachOptions, text: TSchema, input: string])[] = [
  ['defaults are filled in', {}, Text, 'x'],
  ['unknown properties are taken away', { unknownProperties: 'strip' }, Text, 'x'],
  ['unknown properties are refused', { unknownProperties: 'reject' }, Text, 'x'],
  ['texts are decoded', {}, Loud, 'x!'],
]

const leaf = { kind: 'b', text: 'x', n: 1 }
const deep = (depth: number): object =>
  depth === 0 ? { kind: 'b', n: 1, list: [leaf, leaf] } : { kind: 'b', n: 1, next: deep(depth - 1) }

describe('a deep value is looked at as often as a flat one', it => {
  for (const [title, schemaOf] of Object.entries(SCHEMAS)) {
    for (const [way, options, text, input] of WAYS) {
      it(`in ${title}, where ${way}`, async context => {
        const count = counted(context)
        const api = router({ take: event.input(schemaOf(text)).ack(Type.Integer()) })
        const { server, client } = await serve(api, context, options)
        server.on.take(call => JSON.stringify(call.input).split(JSON.stringify(input)).length - 1)
        const socket = await client()
        const askedFor = async (depth: number): Promise<number> => {
          count.asked = 0
          assert.equal(await ask(socket, 'take', deep(depth)), [2])
          return count.asked
        }
        assert.is(await askedFor(120), await askedFor(2))
      })
    }
  }
})

import { event, router, type Router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Type } from '@sinclair/typebox'
import * as jsYaml from 'js-yaml'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { describe } from '../../../test/harness.js'
import { corpus, options } from './corpus.js'

const TRICKY = [
  'yes',
  'no',
  'on',
  'off',
  'y',
  'n',
  'null',
  '~',
  '',
  ' a',
  'a: b',
  '- a',
  '# a',
  '&a',
  '*a',
  '!a',
  '<<',
  '=',
  '2026-01-02',
  '2026-01-02T03:04:05Z',
  '2026-01-02 03:04:05',
  '12:30:45',
  '0o7',
  '010',
  '0x1f',
  '1e3',
  '1_000',
  '.5',
  '.inf',
  '.nan',
  'a\nb',
  'a\n\n  b\n',
  '\ttab',
  '"q"',
  "'q'",
  '\u2028',
  'a\u202E\u2066b',
  '\u0085',
  '\u007F\u001B[31m',
  '\uFEFFa',
  'a\u{E0041}\n\u200Bb',
  'a\r\nb',
  '日本',
  '%a',
  '@a',
  '`a`',
  '{a}',
  '[a]',
  'a #b',
]

const api = router({
  tricky: event.input(Type.Object({ text: Type.Union(TRICKY.map(text => Type.Literal(text))) })).describe({
    description: TRICKY.join('\n'),
    examples: TRICKY.map(text => ({ summary: text, payload: { text } })),
  }),
})

describe('the YAML', it => {
  it('means the same to readers of YAML 1.1 and 1.2', () => {
    const contracts: readonly Router[] = [api, corpus]
    const versions: readonly docs.RenderOptions[] = [options, { ...options, version: '2.6.0' }]
    for (const [contract, given] of contracts.flatMap(each => versions.map(version => [each, version] as const))) {
      const text = docs.render(contract, given)
      const expected = docs.document(contract, given)
      assert.equal(parse(text, { version: '1.2' }), expected, 'yaml 1.2')
      assert.equal(parse(text, { version: '1.1' }), expected, 'yaml 1.1')
      assert.equal(jsYaml.load(text), expected, 'js-yaml')
      assert.equal(jsYaml.load(text, { schema: jsYaml.YAML11_SCHEMA }), expected, 'js-yaml 1.1')
    }
  })

  it('has no anchors for repeated values', () => {
    const point = Type.Object({ x: Type.Number() })
    assert.not.match(docs.render(router({ a: event.input(point), b: event.input(point) })), /[&*]a\d/)
  })

  it('escapes invisible characters, as in JSON', () => {
    const raw = /[\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]|[\u{E0000}-\u{E0FFF}]/u
    assert.not.match(docs.render(api), raw)
    assert.not.match(docs.render(api, { format: 'json' }), raw)
  })

  it('is the default format', () => {
    assert.match(docs.render(api), /^asyncapi: 3\.0\.0\n/)
    assert.equal(JSON.parse(docs.render(api, { format: 'json' })), docs.document(api))
  })
})

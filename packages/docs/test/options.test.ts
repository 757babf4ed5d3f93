import { createServer } from 'node:http'
import { router } from '@ackwire/core'
import { catalog, document, handler, html, render, serve } from '@ackwire/docs'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const api = router({})
const functions = { catalog, document, handler, html, render, serve }

/** Calls it as JavaScript could, with what the types forbid. */
const refusal = (name: keyof typeof functions, ...given: unknown[]): string => {
  try {
    Reflect.apply(functions[name], undefined, given)
  } catch (error) {
    return error instanceof TypeError ? error.message : `no TypeError: ${String(error)}`
  }
  return 'not refused'
}

const OPTIONS: readonly (readonly [options: object, expected: string])[] = [
  [{ servers: { p: {} } }, 'options.servers.p.host: expected a string, got undefined'],
  [{ servers: { p: null } }, 'options.servers.p: expected an object, got null'],
  [{ transform: 5 }, 'options.transform: expected a function, got 5'],
  [{ version: '2.6.0', securitySchemes: { p: null } }, 'options.securitySchemes.p: expected an object, got null'],
  [{ info: { title: 5 } }, 'options.info.title: expected a string, got 5'],
  [{ info: { version: 1 } }, 'options.info.version: expected a string, got 1'],
  [{ info: { titel: 'A' } }, 'options.info.titel: there is no such option'],
  [{ infos: {} }, 'options.infos: there is no such option'],
  [{ handshake: { '/': { qery: {} } } }, 'options.handshake["/"].qery: there is no such option'],
  [{ format: 'toml' }, 'options.format: expected one of "yaml", "json", got "toml"'],
  [{ securitySchemes: { p: { type: 'htp' } } }, 'options.securitySchemes.p.type: expected one of "http", '],
  [{ securitySchemes: { p: { type: 'http' } } }, 'options.securitySchemes.p.scheme: expected a string, got undefined'],
  [
    { securitySchemes: { p: { type: 'openIdConnect' } } },
    'options.securitySchemes.p.openIdConnectUrl: expected a string',
  ],
  [
    { transform: async (content: object) => content },
    'options.transform: expected it to return the document, got a promise',
  ],
]

describe('invalid options are refused with their path', it => {
  for (const [options, expected] of OPTIONS)
    it(expected, () => {
      for (const name of ['render', 'html', 'handler'] as const) {
        const message = refusal(name, api, options)
        assert.ok(message.startsWith(`ackwire: ${expected}`), `${name}: ${message}`)
      }
    })

  it('except extensions', () => {
    const options = { 'x-a': 1, info: { 'x-b': 2 }, servers: { p: { host: 'a', 'x-c': 3 } } }
    assert.is(refusal('render', api, options), 'not refused')
  })
})

describe('a value that is no contract is refused', it => {
  it('by each function', () => {
    for (const name of ['document', 'render', 'html', 'handler', 'catalog'] as const)
      for (const given of [undefined, {}, { a: 1 }])
        assert.match(refusal(name, given), /^ackwire: the contract: expected a router/)
    const content = document(api, { version: '2.6.0' })
    assert.match(refusal('html', content), 'or a document of AsyncAPI 3, got one of AsyncAPI 2.6.0')
  })

  it('like a value that is no server', () => {
    assert.match(refusal('serve', 5, api), 'ackwire: serve: expected an HTTP server or a Socket.IO server, got 5')
    assert.match(refusal('serve', {}, api), 'got another object')
    assert.match(refusal('serve', createServer(), {}), 'ackwire: the contract: expected a router')
  })
})

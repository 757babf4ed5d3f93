import { createClient } from '@ackwire/client'
import { event, router } from '@ackwire/core'
import type { ManagerOptions, SocketOptions } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { OPTIONS } from '../src/options.js'

const api = router({ ping: event.input().ack() })
const url = 'http://localhost:1'
const create = (...args: readonly unknown[]): unknown => Reflect.apply(createClient, undefined, args)

/** Every option that the types of Socket.IO have: a new one does not compile here. */
const NAMES: Readonly<Record<keyof (ManagerOptions & SocketOptions) | 'acks' | 'onError' | 'coalesceWrites', true>> = {
  ackTimeout: true,
  acks: true,
  addTrailingSlash: true,
  agent: true,
  auth: true,
  autoConnect: true,
  autoUnref: true,
  ca: true,
  cert: true,
  ciphers: true,
  closeOnBeforeunload: true,
  coalesceWrites: true,
  extraHeaders: true,
  forceBase64: true,
  forceNew: true,
  host: true,
  hostname: true,
  key: true,
  multiplex: true,
  onError: true,
  parser: true,
  passphrase: true,
  path: true,
  perMessageDeflate: true,
  pfx: true,
  port: true,
  protocols: true,
  query: true,
  randomizationFactor: true,
  reconnection: true,
  reconnectionAttempts: true,
  reconnectionDelay: true,
  reconnectionDelayMax: true,
  rejectUnauthorized: true,
  rememberUpgrade: true,
  requestTimeout: true,
  retries: true,
  secure: true,
  timeout: true,
  timestampParam: true,
  timestampRequests: true,
  transportImplementations: true,
  transportOptions: true,
  transports: true,
  tryAllTransports: true,
  upgrade: true,
  useNativeTimers: true,
  withCredentials: true,
}

describe('the options of a client', it => {
  it('are those of Socket.IO and its own', () => {
    assert.equal(OPTIONS.split(', ').toSorted(), Object.keys(NAMES).toSorted())
    const options = { ...Object.fromEntries(Object.keys(NAMES).map(name => [name, undefined])), autoConnect: false }
    for (const args of [[options], [url, options], [api, options], [api, url, options]]) create(...args)
  })

  it('are refused if they are misspelt, with their names', () => {
    const message = `ackwire: createClient: unknown key "ackTimout"; expected one of ${OPTIONS}`
    const options = { ackTimout: 5, autoConnect: false }
    for (const args of [[options], [url, options], [api, options], [api, url, options]])
      assert.throws(
        () => create(...args),
        (error: TypeError) => error.message === message,
      )
  })

  it('are no contract, which comes first', () => {
    const message = 'ackwire: createClient: expected the contract first, as in createClient(api, url)'
    const socket = createClient({ autoConnect: false }).socket
    for (const to of [url, socket, {}, undefined])
      assert.throws(
        () => create(to, api),
        (error: TypeError) => error.message === message,
      )
  })
})

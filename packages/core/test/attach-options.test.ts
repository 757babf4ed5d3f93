import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const api = router({ length: event.input(Type.String()).ack(Type.Integer()) })
const io = new Server()

describe('attach', it => {
  for (const [what, given, message] of [
    ['no server', [], 'attach: expected a Socket.IO server first, as in attach(new Server(http), api), got undefined'],
    [
      'a contract in its place',
      [api, io],
      'attach: expected a Socket.IO server first, as in attach(new Server(http), api), got a router',
    ],
    ['no contract', [io], 'attach: expected a contract second, made with router({ … }), got undefined'],
    [
      'an event for a contract',
      [io, event.input()],
      'attach: expected a contract second, made with router({ … }), got an event',
    ],
    ['options that are none', [io, api, 5], 'attach: expected an object of options third, got a number'],
    [
      'an option that there is not',
      [io, api, { unknownproperties: 'strip' }],
      'attach: unknown key "unknownproperties"; expected one of ackTimeout, authenticateTimeout, timeout, unknownEvents, undeclaredAcks, maxIssues, ' +
        'maxArguments, streamWindow, maxStreams, maxStreamBytes, maxDepth, maxNodes, maxNamespaceLength, limits, unknownProperties, validate, coalesceWrites',
    ],
    [
      'a word that it does not know',
      [io, api, { unknownProperties: 'drop' }],
      'attach: unknownProperties: expected "keep" or "strip" or "reject", got "drop"',
    ],
    [
      'a switch for a word',
      [io, api, { unknownEvents: true }],
      'attach: unknownEvents: expected "pass" or "answer" or "refuse", got a boolean',
    ],
    [
      'a word for a switch',
      [io, api, { coalesceWrites: 'off' }],
      'attach: coalesceWrites: expected true or false, got a string',
    ],
    [
      'a string for a time',
      [io, api, { timeout: '3' }],
      'attach: timeout: expected a non-negative integer or Infinity, got a string',
    ],
    [
      'less than nothing',
      [io, api, { maxIssues: -1 }],
      'attach: maxIssues: expected a non-negative integer or Infinity, got -1',
    ],
    [
      'a switch for all directions',
      [io, api, { validate: false }],
      'attach: validate: expected an object, got a boolean',
    ],
    [
      'a direction that there is not',
      [io, api, { validate: { replies: false } }],
      'attach: validate: unknown key "replies"; expected one of input, reply, output',
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => Reflect.apply(attach, undefined, given),
        (error: unknown) => error instanceof TypeError && (assert.is(error.message, `ackwire: ${message}`), true),
      )
    })
  }

  it('treats an undefined option as a missing one', () => {
    Reflect.apply(attach, undefined, [new Server(), api, { timeout: undefined, unknownEvents: undefined }])
  })
})

import { event, router, type Router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

/** A version of a contract, and the values that its clients and servers send. */
export interface Version {
  readonly api: Router
  readonly auth: object
  /** The arguments of its calls. */
  readonly calls: Readonly<Record<string, readonly unknown[]>>
  /** The server's answers to its calls. */
  readonly replies: Readonly<Record<string, unknown>>
  /** The arguments of its outputs. */
  readonly outputs: Readonly<Record<string, readonly unknown[]>>
}

type Said = Partial<Omit<Version, 'api'>>

/** Adds an event that makes the server emit all outputs, and one that announces that it has done so. */
const version = (
  entries: Parameters<typeof router>[0],
  { auth = {}, calls = {}, replies = {}, outputs = {} }: Said,
  options: Parameters<typeof router>[1] = {},
): Version => ({
  api: router({ ...entries, speak: event.input().ack(), spoken: event.output() }, options),
  auth,
  calls,
  replies,
  outputs,
})

const nothing = version({}, {})
const A = Type.Object({ a: Type.Integer() })
const AB = Type.Object({ a: Type.Integer(), b: Type.Integer() })
const a = { a: 1 }
const ab = { a: 1, b: 2 }

/** The old and the new version of a contract; `undefined` if a version does not have the namespace. */
export interface Pair {
  readonly old: Version | undefined
  readonly new: Version | undefined
}

/** The pairs of versions, each in a namespace of this name. */
export const PAIRS: Readonly<Record<string, Pair>> = {
  '/input-has-more-that-is-optional': {
    old: version({ set: event.input(A).ack() }, { calls: { set: [a] } }),
    new: version(
      { set: event.input(Type.Object({ a: Type.Integer(), b: Type.Optional(Type.Integer()) })).ack() },
      { calls: { set: [ab] } },
    ),
  },
  '/input-has-more-that-is-required': {
    old: version({ set: event.input(A).ack() }, { calls: { set: [a] } }),
    new: version({ set: event.input(AB).ack() }, { calls: { set: [ab] } }),
  },
  '/input-takes-less': {
    old: version({ set: event.input(Type.Integer()).ack() }, { calls: { set: [50] } }),
    new: version({ set: event.input(Type.Integer({ maximum: 10 })).ack() }, { calls: { set: [5] } }),
  },
  '/input-may-be-followed': {
    old: version({ set: event.input(Type.String()).ack() }, { calls: { set: ['a'] } }),
    new: version(
      { set: event.input(Type.String(), Type.Optional(Type.Integer())).ack() },
      { calls: { set: ['a', 1] } },
    ),
  },
  '/ack-says-more': {
    old: version({ get: event.input().ack(A) }, { calls: { get: [] }, replies: { get: a } }),
    new: version({ get: event.input().ack(AB) }, { calls: { get: [] }, replies: { get: ab } }),
  },
  '/ack-is-another': {
    old: version({ get: event.input().ack(Type.String()) }, { calls: { get: [] }, replies: { get: 'one' } }),
    new: version({ get: event.input().ack(Type.Integer()) }, { calls: { get: [] }, replies: { get: 1 } }),
  },
  '/ack-is-added': {
    old: version({ get: event.input() }, { calls: { get: [] } }),
    new: version({ get: event.input().ack(A) }, { calls: { get: [] }, replies: { get: a } }),
  },
  '/output-says-more': {
    old: version({ told: event.output(A) }, { outputs: { told: [a] } }),
    new: version({ told: event.output(AB) }, { outputs: { told: [ab] } }),
  },
  '/output-is-another': {
    old: version({ told: event.output(Type.String()) }, { outputs: { told: ['one'] } }),
    new: version({ told: event.output(Type.Integer()) }, { outputs: { told: [1] } }),
  },
  '/events-are-added': {
    old: nothing,
    new: version({ set: event.input(A).ack(), told: event.output(A) }, { calls: { set: [a] }, outputs: { told: [a] } }),
  },
  '/auth-is-asked-for': {
    old: version({ get: event.input().ack(A) }, { calls: { get: [] }, replies: { get: a } }),
    new: version(
      { get: event.input().ack(A) },
      { auth: { token: 'secret' }, calls: { get: [] }, replies: { get: a } },
      { auth: Type.Object({ token: Type.String() }) },
    ),
  },
  '/namespace-is-added': { old: undefined, new: version({}, {}) },
}

export type Age = 'old' | 'new'

/** Returns the contract of all namespaces in one version. */
export const apiOf = (age: Age): Router =>
  router(
    Object.fromEntries(
      Object.entries(PAIRS).flatMap(([name, pair]) => {
        const version = pair[age]
        return version === undefined ? [] : [[name, version.api] as const]
      }),
    ),
  )

import type { ApiEvent } from '../../document/event.js'
import type { Namespace } from '../../document/api.js'
import type { ServerChoice } from '../../state/settings.js'
import type { Handshake } from '../store/session.js'

/** What code for a call is made from: what the reader has filled in. */
export interface CodeCall {
  readonly event: ApiEvent
  readonly namespace: Namespace
  /** The namespace's name with its parameters filled in. */
  readonly name: string
  readonly server: ServerChoice | undefined
  readonly handshake: Handshake
  readonly args: readonly unknown[]
  /** What an output is answered with. */
  readonly answer: unknown
}

/** The server's URL, or one to be replaced. */
export const urlOf = ({ server }: CodeCall): string => server?.url ?? 'https://chat.example.org'

/** Socket.IO's option `path`, `undefined` where it is the usual one. */
export const pathOf = ({ server }: CodeCall): string | undefined =>
  server === undefined || /^\/?socket\.io\/?$/.test(server.path) ? undefined : server.path

/** Whether a part of the handshake has anything in it. */
export const isFilled = (part: unknown): boolean =>
  typeof part === 'object' && part !== null && Object.keys(part).length > 0

/** The parameters of a function that listens to an output; `last` is one that follows them. */
export const parametersOf = ({ event }: CodeCall, ...last: readonly string[]): string => {
  const isOne = event.args.length === 1 && event.rest === undefined
  const names = event.args.map((_, index) => (isOne ? 'value' : `arg${index + 1}`))
  // Nothing can follow a rest in JavaScript, so that what does is in it.
  const all = [...names, ...(event.rest === undefined ? last : ['...rest'])]
  return all.length === 1 && event.rest === undefined ? all.join('') : `(${all.join(', ')})`
}

/** What such a function prints. */
export const printedOf = ({ event }: CodeCall): string =>
  event.args.length === 1 && event.rest === undefined
    ? 'value'
    : [...event.args.map((_, index) => `arg${index + 1}`), ...(event.rest === undefined ? [] : ['...rest'])].join(', ')

import type { ApiEvent } from '../../document/event.js'
import type { Namespace } from '../../document/api.js'
import type { ServerChoice } from '../../state/settings.js'
import type { Handshake } from '../store/kept-handshake.js'

/** The reader's input, from which code for a call is generated. */
export interface CodeCall {
  readonly event: ApiEvent
  readonly namespace: Namespace
  /** The namespace's name with its parameters filled in. */
  readonly name: string
  readonly server: ServerChoice | undefined
  readonly handshake: Handshake
  readonly args: readonly unknown[]
  /** The answer to an output. */
  readonly answer: unknown
  /** True if the answer is an error. */
  readonly isError: boolean
}

/** Returns the arguments with which an output is acknowledged. */
export const answersOf = ({ event, answer, isError }: CodeCall): readonly unknown[] => {
  const values = answer === undefined ? [] : [answer]
  return event.isErrorFirst && !isError ? [null, ...values] : values
}

/** Returns the server's URL, or a placeholder. */
export const urlOf = ({ server }: CodeCall): string => server?.url ?? 'https://chat.example.org'

/** Returns Socket.IO's option `path`, or `undefined` for the default. */
export const pathOf = ({ server }: CodeCall): string | undefined =>
  server === undefined || /^\/?socket\.io\/?$/.test(server.path) ? undefined : server.path

/** Returns true if a part of the handshake is not empty. */
export const isFilled = (part: unknown): boolean =>
  typeof part === 'object' && part !== null && Object.keys(part).length > 0

/** Returns the parameters of a listener for an output; `last` is an additional one at the end. */
export const parametersOf = ({ event }: CodeCall, ...last: readonly string[]): string => {
  const isOne = event.args.length === 1 && event.rest === undefined
  const names = event.args.map((_, index) => (isOne ? 'value' : `arg${index + 1}`))
  // In JavaScript nothing can follow a rest parameter, which then contains the additional one.
  const all = [...names, ...(event.rest === undefined ? last : ['...rest'])]
  return all.length === 1 && event.rest === undefined ? all.join('') : `(${all.join(', ')})`
}

/** Returns the expression that a listener prints. */
export const printedOf = ({ event }: CodeCall): string =>
  event.args.length === 1 && event.rest === undefined
    ? 'value'
    : [...event.args.map((_, index) => `arg${index + 1}`), ...(event.rest === undefined ? [] : ['...rest'])].join(', ')

import { Type } from '@sinclair/typebox'
import { Check } from '@sinclair/typebox/value'
import type { EventEntry, NamespaceData } from '../contract/contract.js'
import { misnamed } from '../contract/misnamed.js'
import { CLIENT_LIFECYCLE } from '../contract/names.js'
import type { ClientOutput, ClientInput, ClientContract } from '../contract/client-contract.js'
import { printable } from '../printable.js'
import { traceContextIn } from '../trace-context.js'
import { EventError, type Failure, type Issue } from '../wire.js'
import { argumentsOf, type ArgumentsValidator } from './arguments.js'
import type { Compiling } from './codec-options.js'
import { errorCodecsOf, invalidInput, invalidReply } from './failure.js'
import { pageOf } from './stream-page.js'
import { parametersFor } from './parameters.js'
import { codecsWith } from './schema-codec.js'
import { repliesOf, type Relay } from './replies.js'
import { unreadable } from './transform-error.js'
import { passes } from './validator.js'
import { interpreter } from './interpreter.js'

/** Returns the namespace as a client uses it. Each event is compiled at its first use. */
export const clientContractOf = (namespace: NamespaceData): ClientContract => {
  const { events } = namespace
  const compiling: Compiling = { codecFor: codecsWith(interpreter, 'keep'), maxIssues: 8 }
  const table = <Prepared>(direction: EventEntry['direction'], prepare: (entry: EventEntry) => Prepared) => {
    const entries = new Map(events.filter(entry => entry.direction === direction).map(entry => [entry.name, entry]))
    const prepared = new Map<string, Prepared>()
    return (name: string): Prepared => {
      const known = prepared.get(name)
      if (known !== undefined) return known
      const entry = entries.get(name)
      if (entry === undefined)
        throw new TypeError(
          `ackwire: ${misnamed(name, direction, namespace, `the contract has no such event: ${name}`)}`,
        )
      const made = prepare(entry)
      prepared.set(name, made)
      return made
    }
  }
  const output = table('output', entry => incoming(entry, compiling))
  const refusals = refusalsOf(namespace, compiling)
  const lifecycleOutput = (name: string) => (name === 'connect_error' ? refusals : undefined)
  return Object.freeze<ClientContract>({
    fill: params => parametersFor(namespace, compiling).fill(params),
    input: table('input', entry => outgoing(entry, compiling)),
    output: name => (CLIENT_LIFECYCLE.has(name) ? lifecycleOutput(name) : output(name)),
  })
}

/** Returns the codec of `connect_error`, whose failure can be one that the contract declares; `undefined` if it declares none. */
const refusalsOf = ({ name, options }: NamespaceData, { codecFor }: Compiling): ClientOutput | undefined => {
  if (options.errors === undefined) return undefined
  const errors = errorCodecsOf({ errors: options.errors, path: name }, codecFor)
  const read = (error: unknown): unknown => {
    const failure: unknown = Reflect.get(Object(error), 'data')
    const codec = errors.get(String(Reflect.get(Object(failure), 'code')))
    if (codec === undefined) return error
    const given: unknown = Reflect.get(Object(failure), 'data')
    const value = codec.prepare === undefined ? given : codec.prepare(given)
    if (!passes(codec, value)) throw invalidReply([])
    return Object.assign(new Error(String(Reflect.get(Object(error), 'message'))), {
      data: { ...Object(failure), data: codec.decode === undefined ? value : codec.decode(value) },
    })
  }
  return {
    decode([error]) {
      try {
        return [read(error)]
      } catch {
        const { code, message } = invalidReply([])
        return [Object.assign(new Error(message), { data: { code, message } })]
      }
    },
    encode: reply => reply,
    failureOf: () => undefined,
  }
}

const outgoing = (entry: EventEntry, compiling: Compiling): ClientInput => {
  const { ack, stream } = entry
  const args = argumentsOf(entry, compiling.codecFor)
  const replies = repliesOf(
    entry,
    stream === undefined ? ack?.schema : pageOf(stream, ack?.schema),
    compiling,
    MESSAGES,
  )
  return {
    isAnswered: ack !== undefined || stream !== undefined,
    hasTraceContext: entry.hasTraceContext,
    encode: values =>
      readable(() => {
        const { hasTraceContext, required } = entry
        const context = hasTraceContext ? traceContextIn(required, values, 0, values.length) : undefined
        const sent = args.encode(context === undefined ? values : values.slice(0, -1))
        // The other side fills in defaults before it checks.
        const filled = args.prepare === undefined ? sent : args.prepare(sent)
        if (!fits(args, filled)) throw invalidInput(args.issues(filled, compiling.maxIssues))
        return context === undefined ? sent : [...sent, context]
      }, invalidInput),
    decode: (...answer) => replies.one(answer),
  }
}

/** Keeps the message of a server in the errors that its answers carry. */
const MESSAGES: Relay = {
  declared: ({ code, message }, data) => new EventError(code, data, message),
  standard({ message, issues, data }, code) {
    const hasDelay = code === 'RATE_LIMITED' || code === 'OVERLOADED'
    return hasDelay && !isDelay(data)
      ? invalidReply([])
      : new EventError(code, hasDelay ? data : undefined, message, issues)
  },
}

const isDelay = (data: unknown): boolean => Check(Type.Object({ retryAfterMs: Type.Number() }), data)

const incoming = (entry: EventEntry, compiling: Compiling): ClientOutput => {
  const { ack, name } = entry
  const args = argumentsOf(entry, compiling.codecFor)
  const most = entry.rest === undefined ? entry.args.length : Number.POSITIVE_INFINITY
  const codec = ack?.schema && compiling.codecFor(ack.schema, `${entry.path} ack`)
  const errors = errorCodecsOf(entry, compiling.codecFor)
  const entered = (values: readonly unknown[]): readonly unknown[] =>
    args.prepare === undefined ? values : args.prepare(values)

  return {
    acks: ack?.errorFirst ? 'error-first' : undefined,
    decode: (values, hasOffset) =>
      readable(
        () => {
          // An offset can look like an argument. Every packet that recovery must not lose has one, so if both readings fit, it is an offset.
          const cut = hasOffset ? values.slice(0, -1) : values
          const received = [entered(cut), entered(values)].find(either => fits(args, either))
          if (received === undefined) {
            throw invalid(name, args.issues(entered(values.length > most ? cut : values), compiling.maxIssues))
          }
          return args.decode === undefined ? received : args.decode(received)
        },
        issues => invalid(name, issues),
      ),
    encode(reply) {
      if (codec === undefined) return undefined
      const sent = readable(() => (codec.encode === undefined ? reply : codec.encode(reply)), invalidReply, '/0')
      if (!passes(codec, sent)) throw invalidReply(codec.issues(sent, '/0', compiling.maxIssues))
      return sent
    },
    failureOf(error): Failure | undefined {
      const own = error instanceof EventError ? errors.get(error.code) : undefined
      if (!(error instanceof EventError) || own === undefined) return undefined
      const data = readable(() => (own.encode === undefined ? error.data : own.encode(error.data)), invalidReply)
      return passes(own, data) ? { code: error.code, message: error.message, data } : undefined
    },
  }
}

/** Returns the error for received arguments that do not match the contract. */
const invalid = (event: string, issues: readonly Issue[]): EventError => {
  const [first] = issues
  // The server can choose names in the path, and clients print the message.
  const where = first === undefined ? '' : `: ${printable(`${first.path} ${first.message}`)}`
  return new EventError(
    'INVALID_OUTPUT',
    undefined,
    `${event}: the arguments received do not match the contract${where}`,
    issues,
  )
}

const fits = (args: ArgumentsValidator, values: readonly unknown[]): boolean =>
  passes({ check: () => args.check(values, 0, values.length) }, values)

/**
 * Returns the result of `make`. Throws an `EventError` if `make` throws: a transform can throw, and a value can be
 * nested too deeply. `at` is the path to the value.
 */
const readable = <Made>(make: () => Made, failing: (issues: readonly Issue[]) => EventError, at = ''): Made => {
  try {
    return make()
  } catch (cause) {
    throw cause instanceof EventError ? cause : Object.assign(failing(unreadable(cause, at)), { cause })
  }
}

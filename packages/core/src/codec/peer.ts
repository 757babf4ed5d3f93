import type { EventEntry, NamespaceData } from '../contract.js'
import { tolerateFormats } from '../formats.js'
import type { Incoming, Outgoing, Peer } from '../peer.js'
import { EventError, type Failure } from '../wire.js'
import { argumentsOf, type ArgumentsValidator } from './arguments.js'
import { arriving } from './bytes.js'
import type { Compiling } from './compiling.js'
import { errorPortsOf, invalidInput, invalidOutput, invalidReply } from './failure.js'
import { portsWith } from './port.js'
import { repliesOf } from './replies.js'
import { passes } from './validator.js'
import { walker } from './walker.js'

/** What a client has of a namespace. Each event is prepared when it is first used. */
export const peerOf = ({ events }: NamespaceData): Peer => {
  const compiling: Compiling = { portFor: portsWith(walker, 'keep'), maxIssues: 8 }
  const table = <Prepared>(direction: EventEntry['direction'], prepare: (entry: EventEntry) => Prepared) => {
    const entries = new Map(events.filter(entry => entry.direction === direction).map(entry => [entry.name, entry]))
    const prepared = new Map<string, Prepared>()
    return (name: string): Prepared | undefined => {
      const entry = entries.get(name)
      if (entry === undefined || prepared.has(name)) return prepared.get(name)
      tolerateFormats()
      const made = prepare(entry)
      prepared.set(name, made)
      return made
    }
  }
  return Object.freeze({
    input: table('input', entry => outgoing(entry, compiling)),
    output: table('output', entry => incoming(entry, compiling)),
  })
}

const outgoing = (entry: EventEntry, compiling: Compiling): Outgoing => {
  const { ack } = entry
  const args = argumentsOf(entry, compiling.portFor)
  const replies = repliesOf(entry, ack?.schema, compiling, error => error)
  const arrive = arriving([ack?.schema, ...Object.values(entry.errors)])
  return {
    isAnswered: ack !== undefined,
    encode(values) {
      const sent = readable(() => args.sent(values), invalidInput)
      // The other side fills in what is missing before it checks.
      const filled = args.enter === undefined ? sent : args.enter(sent)
      if (!fits(args, filled)) throw invalidInput(args.issues(filled, compiling.maxIssues))
      return sent
    },
    decode: answer => replies.one(arrive(answer)),
  }
}

const incoming = (entry: EventEntry, compiling: Compiling): Incoming => {
  const { ack, name } = entry
  const args = argumentsOf(entry, compiling.portFor)
  const most = entry.rest === undefined ? entry.args.length : Number.POSITIVE_INFINITY
  const isFixed = entry.required === most
  const arrive = arriving([...entry.args, entry.rest])
  const port = ack?.schema && compiling.portFor(ack.schema, `${entry.path} ack`)
  const errors = errorPortsOf(entry, compiling.portFor)
  const invalid = (issues: EventError['issues']): EventError => invalidOutput(name, issues)

  return {
    isAnswered: ack !== undefined,
    decode(values, hasOffset) {
      // Where the number of arguments is not fixed, it can't be told from one, but it always comes.
      const end = hasOffset && (!isFixed || values.length > most) ? values.length - 1 : values.length
      const came = values.slice(0, end).map(arrive)
      return readable(() => {
        const entered = args.enter === undefined ? came : args.enter(came)
        if (!fits(args, entered)) throw invalid(args.issues(entered, compiling.maxIssues))
        return args.decode === undefined ? entered : args.decode(entered)
      }, invalid)
    },
    encode(reply) {
      if (port === undefined) return undefined
      const sent = readable(() => (port.leave === undefined ? reply : port.leave(reply)), invalidReply)
      if (!passes(port, sent)) throw invalidReply(port.issues(sent, '/0', compiling.maxIssues))
      return sent
    },
    failureOf(error): Failure | undefined {
      if (!(error instanceof EventError)) return undefined
      const own = errors.get(error.code)
      if (own === undefined) return undefined
      const data = own.leave === undefined ? error.data : own.leave(error.data)
      return passes(own, data) ? { code: error.code, message: error.message, data } : undefined
    },
  }
}

const fits = (args: ArgumentsValidator, values: readonly unknown[]): boolean =>
  passes({ check: () => args.check(values, 0, values.length) }, values)

/** What a rewrite makes, or an `EventError` if it throws: a transform can, and a value can be nested too deeply. */
const readable = <Made>(make: () => Made, failing: (issues: EventError['issues']) => EventError): Made => {
  try {
    return make()
  } catch (cause) {
    throw cause instanceof EventError ? cause : Object.assign(failing([]), { cause })
  }
}

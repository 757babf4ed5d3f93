import { signal } from '@preact/signals'
import type { Api, Namespace } from '../../document/api.js'
import type { ApiEvent } from '../../document/event.js'
import type { ServerChoice, Settings } from '../../state/settings.js'
import { openFlow } from './flow.js'
import { initialOf } from './initial.js'
import { answerTo, checkAnswer, checkArguments, lostAnswer, trimmed } from './answer.js'
import { createDraft, type Draft } from './draft.js'
import { type Answer, createLog, type Log, type LogEntry } from './log.js'
import { createSession, type Session } from './session.js'
import { withoutOffset } from './offset.js'
import type { Issue } from './issue.js'
import { unreadIn } from './unread.js'
import { createValidate, type Validate } from './validate.js'

/** The state of the console. */
export interface Store {
  readonly api: Api
  readonly servers: readonly ServerChoice[]
  readonly log: Log
  readonly validate: Validate
  sessionOf(key: string): Session | undefined
  draftOf(event: ApiEvent): Draft
  /** Returns the issues of an event's draft; each path begins with the argument's index. */
  check(event: ApiEvent): readonly Issue[]
  /** Returns true if all of an event's draft can be sent, valid or not: each text is a value. */
  isReadable(event: ApiEvent): boolean
  send(event: ApiEvent): void
}

/** The time that a call waits for its acknowledgement, as in ackwire's client. */
const ACK_TIMEOUT_MS = 20_000

/** Creates the console's state for a document. */
export const createStore = (api: Api, settings: Settings): Store => {
  const log = createLog()
  const validate = createValidate(api)
  const drafts = new Map<string, Draft>()
  const tables = new Map(
    api.namespaces.map(({ key, events }) => [
      key,
      new Map(events.map(event => [`${event.direction} ${event.name}`, event])),
    ]),
  )

  const draftOf = (event: ApiEvent): Draft => {
    const draft = drafts.get(event.id) ?? createDraft(event, api)
    drafts.set(event.id, draft)
    return draft
  }

  const remember = (event: ApiEvent | undefined, entry: LogEntry): void => {
    if (event !== undefined) draftOf(event).history.add(entry)
  }

  const checkArgs = (event: ApiEvent, args: readonly unknown[]): readonly Issue[] =>
    checkArguments(event, args, validate)

  const check = (event: ApiEvent): readonly Issue[] => {
    const { args, unread } = draftOf(event)
    return unread.value === undefined ? checkArgs(event, trimmed(args.value)) : unreadIn(unread.value)
  }

  const isReadable = (event: ApiEvent): boolean => {
    const { args, unread } = draftOf(event)
    return unread.value === undefined && unreadIn(args.value).length === 0
  }

  const onEvent = (session: Session, name: string, given: readonly unknown[]): LogEntry => {
    const event = tables.get(session.namespace.key)?.get(`output ${name}`)
    const last = given.at(-1)
    const ack = typeof last === 'function' ? last : undefined
    const args = ack === undefined ? withoutOffset(given, event, session) : given.slice(0, -1)
    const answer = signal<Answer | undefined>(undefined)
    const started = performance.now()
    const reply = (value: unknown): void => {
      if (answer.value !== undefined || ack === undefined || unreadIn(value).length > 0) return
      const isError = event !== undefined && event.replies[draftOf(event).answerKind.value]?.isError === true
      const values = trimmed(event?.isErrorFirst === true && !isError ? [null, value] : [value])
      ack(...values)
      answer.value = answerTo(event ?? { isErrorFirst: false }, values, performance.now() - started, [])
    }
    const issues = event === undefined ? [] : checkArgs(event, args)
    const entry = log.add({
      channel: session.namespace.key,
      namespace: session.name(),
      kind: 'received',
      name,
      args,
      event,
      issues,
      isTrouble: issues.length > 0 || event === undefined,
      answer,
      flow: undefined,
      reply: ack === undefined ? undefined : reply,
    })
    remember(event, entry)
    if (event !== undefined && ack !== undefined && draftOf(event).isAnsweredAtOnce.value)
      reply(draftOf(event).answer.value)
    return entry
  }

  const sessions = new Map(
    api.namespaces.map(namespace => {
      const session: Session = createSession(namespace, {
        servers: settings.servers,
        initial: initialHandshake(namespace, api),
        tell: (name, args, isTrouble) =>
          void log.add({
            channel: namespace.key,
            namespace: session.name(),
            kind: 'connection',
            name,
            args,
            event: undefined,
            issues: [],
            isTrouble,
            answer: signal(undefined),
            flow: undefined,
            reply: undefined,
          }),
        onEvent,
      })
      return [namespace.key, session] as const
    }),
  )

  const send = (event: ApiEvent): void => {
    const session = sessions.get(event.channel)
    const socket = session?.socket()
    if (session === undefined || socket === undefined || session.status.value !== 'open' || !isReadable(event)) return
    const args = trimmed(draftOf(event).args.value)
    const answer = signal<Answer | undefined>(undefined)
    const started = performance.now()
    const { stream } = event
    const flow = stream && openFlow(args, { event, stream, socket, validate, timeoutMs: ACK_TIMEOUT_MS })
    const entry = log.add({
      channel: event.channel,
      namespace: session.name(),
      kind: 'sent',
      name: event.name,
      args,
      event,
      issues: checkArgs(event, args),
      isTrouble: false,
      answer: flow?.end ?? answer,
      flow,
      reply: undefined,
    })
    remember(event, entry)
    if (flow !== undefined) return
    if (!event.isAnswered) return void socket.emit(event.name, ...args)
    socket.timeout(ACK_TIMEOUT_MS).emit(event.name, ...args, (lost: Error | null, ...values: unknown[]) => {
      const ms = performance.now() - started
      answer.value =
        lost === null
          ? answerTo(event, values, ms, checkAnswer(event, values, validate))
          : lostAnswer(socket.connected, ms)
    })
  }

  return {
    api,
    servers: settings.servers,
    log,
    validate,
    sessionOf: key => sessions.get(key),
    draftOf,
    check,
    isReadable,
    send,
  }
}

const initialHandshake = ({ parameters, auth, query }: Namespace, api: Api) => ({
  params: Object.fromEntries(parameters.map(({ name, schema }) => [name, initialOf(schema, api.resolve)])),
  auth: auth === undefined ? undefined : initialOf(auth, api.resolve),
  query: query === undefined ? undefined : initialOf(query, api.resolve),
})

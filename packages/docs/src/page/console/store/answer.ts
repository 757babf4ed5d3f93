import { ENVELOPE } from '@ackwire/core/wire'
import type { ApiEvent } from '../../document/event.js'
import { isJson, property, textIn, textOf } from '../../../parse/json.js'
import type { Answer, Failure } from './log.js'
import { issuesIn } from './session.js'
import type { Issue } from './issue.js'
import type { Validate } from './validate.js'

/** Removes omitted arguments at the end, which are not sent. */
export const trimmed = (args: readonly unknown[]): readonly unknown[] => {
  const last = args.findLastIndex(value => value !== undefined)
  return args.slice(0, last + 1)
}

/** Returns the issues of an event's arguments; each path begins with the argument's index. */
export const checkArguments = (event: ApiEvent, args: readonly unknown[], validate: Validate): readonly Issue[] => {
  const count = Math.max(args.length, event.args.filter(({ isRequired }) => isRequired).length)
  return Array.from({ length: count }).flatMap((_, index) => {
    const argument = event.args[index]
    if (argument === undefined && event.rest === undefined)
      return [{ path: `/${index}`, message: 'The event has no argument here.' }]
    if (argument?.isRequired === false && args[index] === undefined) return []
    return validate(argument?.schema ?? event.rest, args[index]).map(({ path, message }) => ({
      path: `/${index}${path}`,
      message,
    }))
  })
}

/** Returns the issues of an answer to an event, given the arguments of the acknowledgement. */
export const checkAnswer = (event: ApiEvent, values: readonly unknown[], validate: Validate): readonly Issue[] => {
  const [error, value] = values
  if (!event.isErrorFirst) return checkReply(event, error, validate)
  if (!isNone(error)) {
    const [own, ...failures] = event.replies.slice(1)
    const code = textIn(error, 'code')
    const reply = failures.find(each => each.code === code) ?? own
    const issues = reply === undefined ? [] : validate(reply.schema, error)
    const other = failures.find(each => each.code === undefined)
    return issues.length > 0 && code !== undefined && other !== undefined ? validate(other.schema, error) : issues
  }
  const [reply] = event.replies
  return reply?.schema === undefined ? receiptIssues(value) : validate(reply.schema, value)
}

const isNone = (error: unknown): boolean => error === undefined || error === null

const receiptIssues = (value: unknown): readonly Issue[] =>
  value === undefined ? [] : [{ path: '', message: 'The contract declares a receipt, without a value.' }]

/** Creates an answer that was received or entered, given the arguments of the acknowledgement. */
export const answerTo = (
  { isErrorFirst }: Pick<ApiEvent, 'isErrorFirst'>,
  values: readonly unknown[],
  ms: number,
  issues: readonly Issue[],
): Answer => {
  const [error, value] = values
  if (!isErrorFirst) return answerOf(error, ms, issues)
  if (isNone(error)) return { kind: 'ack', value, ms, issues }
  const own = { code: 'INTERNAL', message: textOf(error) ?? textIn(error, 'message') ?? '', issues: [], data: error }
  const failure = textIn(error, 'code') === undefined ? own : failureOf(error)
  return { kind: 'error', value: error, error: failure, ms, issues }
}

/** Returns the issues of an answer to an event. */
export const checkReply = (event: ApiEvent, value: unknown, validate: Validate): readonly Issue[] => {
  const isFailure = isJson(value) && Object.hasOwn(value, ENVELOPE)
  const code = textIn(property(value, ENVELOPE), 'code')
  const declared = event.replies.filter(({ isError }) => isError === isFailure)
  const reply = isFailure
    ? (declared.find(each => each.code === code) ?? declared.find(each => each.code === undefined))
    : declared[0]
  if (reply === undefined) return isFailure ? [] : [{ path: '', message: 'The contract declares no such answer.' }]
  if (reply.schema === undefined) return receiptIssues(value)
  return validate(reply.schema, value)
}

/** Creates an answer that was received or entered: a value or an error. */
export const answerOf = (value: unknown, ms: number, issues: readonly Issue[]): Answer => {
  const failure = property(value, ENVELOPE)
  return failure === undefined
    ? { kind: 'ack', value, ms, issues }
    : { kind: 'error', value, error: failureOf(failure), ms, issues }
}

const failureOf = (failure: unknown): Failure => ({
  code: textIn(failure, 'code'),
  message: textIn(failure, 'message') ?? '',
  issues: issuesIn(failure),
  data: property(failure, 'data'),
})

/** Creates the answer of a call that was never answered. */
export const lostAnswer = (isConnected: boolean, ms: number): Answer => ({
  kind: isConnected ? 'timeout' : 'lost',
  value: undefined,
  ms,
  issues: [],
})

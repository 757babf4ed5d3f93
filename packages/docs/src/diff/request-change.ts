import type { ApiEvent } from '../parse/model.js'
import type { Change } from './change.js'

/** Compares what a client may or has to send besides the arguments of an event. */
export const compareRequests = (before: ApiEvent, after: ApiEvent, where: string): readonly Change[] => [
  ...compareTraceContext(before, after, where),
  ...compareAckRequests(before, after, where),
]

const compareTraceContext = (before: ApiEvent, after: ApiEvent, where: string): readonly Change[] => {
  if (before.hasTraceContext === after.hasTraceContext) return []
  const part = 'trace context'
  return after.hasTraceContext
    ? [{ class: 'compatible', where, part, what: 'is now accepted', why: 'clients need not send it' }]
    : [{ class: 'breaking', where, part, what: 'is no longer accepted', why: 'clients that send it are refused' }]
}

const compareAckRequests = (before: ApiEvent, after: ApiEvent, where: string): readonly Change[] => {
  if (before.isAckRequired === after.isAckRequired) return []
  const [part, why] = ['ack', 'clients that do not request it are refused'] as const
  return after.isAckRequired
    ? [{ class: 'breaking', where, part, what: 'is now required', why }]
    : [{ class: 'compatible', where, part, what: 'is no longer required', why: 'clients may still request it' }]
}

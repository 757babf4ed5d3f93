import { kindOf, throwDefinitionError } from '../definition-error.js'
import { begin, type AnyEvent, type Event, type EventData, type EventFactory } from './event.js'
import type { EventKind, EventTypes, StreamTypes } from './types.js'

/** An entry for two events of one name: an input and an output. */
export interface BothEvents<
  Kind extends EventKind = EventKind,
  Input extends EventTypes = EventTypes,
  Output extends EventTypes = EventTypes,
> extends AnyEvent<Kind | 'output'> {
  /** The data of the output; `~event` has that of the input. */
  readonly '~output': EventData
  /** Types only, never a value. */
  readonly '~both'?: { readonly input: Input; readonly output: Output }
}

/** Combines an input and an output that have the same name on the wire. */
export type BothFactory = <Kind extends 'input' | StreamTypes, Input extends EventTypes, Output extends EventTypes>(
  input: Event<Kind, Input>,
  output: Event<'output', Output>,
) => BothEvents<Kind, Input, Output>

/** Returns the data of the one event of an entry, or of both. */
export const eventsIn = (entry: AnyEvent): readonly EventData[] =>
  '~output' in entry ? [entry['~event'], entry['~output'] as EventData] : [entry['~event']]

/** Combines an input and an output into one entry. @throws TypeError for anything else. */
const both: BothFactory = (...given: readonly unknown[]) => {
  const [input, output] = given.map(directedData)
  if (given.length !== 2 || input?.direction !== 'input' || output?.direction !== 'output')
    return throwDefinitionError('event.both', `expected event.input(…) and event.output(…), got ${shown(given)}`)
  return Object.freeze({ '~event': input, '~output': output })
}

const directedData = (value: unknown): EventData | undefined =>
  typeof value === 'object' && value !== null && '~event' in value && !('~output' in value)
    ? (value['~event'] as EventData)
    : undefined

const shown = (given: readonly unknown[]): string => {
  if (given.length === 0) return 'nothing'
  return given.map(nameOf).join(' and ')
}

const nameOf = (value: unknown): string => {
  if (typeof value === 'object' && value !== null && '~output' in value)
    return 'event.both(…), which has an input and an output already'
  const data = directedData(value)
  return data === undefined ? kindOf(value) : `event.${data.direction}(…)`
}

/**
 * Begins an event: `event.input(...schemas)` goes from a client to the server, `event.output(...schemas)` from the server
 * to clients. Each schema is one positional argument; the last ones may be `Type.Optional`. `event.both(input, output)`
 * gives two events one name.
 *
 * @example
 * event.input(Type.String()).ack(Type.Integer()).describe('Length of a string')
 */
export const event: {
  readonly input: EventFactory<'input'>
  readonly output: EventFactory<'output'>
  readonly both: BothFactory
} = Object.freeze({
  input: begin('input') as EventFactory<'input'>,
  output: begin('output') as EventFactory<'output'>,
  both,
})

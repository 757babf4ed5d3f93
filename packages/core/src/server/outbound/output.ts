import type { EventEntry } from '../../contract/contract.js'
import { argumentsOf, type ArgumentsValidator } from '../../codec/arguments.js'
import { EventError, type Issue } from '../../wire.js'
import { messageOf } from '../../codes.js'
import { exceedsIn } from '../validation/caps.js'
import { codecsOf, type Validating } from '../validation/directions.js'
import { invalidOutput } from '../../codec/failure.js'
import { repliesOf, type MeasuredReplies, type Relay, type Replies } from '../../codec/replies.js'
import { isScalar } from './contents.js'

/** An output of a namespace, compiled. */
export interface Output {
  readonly name: string
  readonly args: ArgumentsValidator
  /** True if the arguments are numbers, strings and the like, which every adapter and parser carries as they are. */
  readonly isScalar: boolean
  /** Makes the error for invalid arguments. */
  readonly invalid: (issues: readonly Issue[]) => EventError
  /** Absent where the event is not answered. */
  readonly replies: Replies | undefined
}

/** Compiles an output. */
export const outputOf = (entry: EventEntry, compiling: Validating): Output => ({
  name: entry.name,
  invalid: issues => invalidOutput(`emit.${entry.name}`, issues),
  isScalar: compiling.validate.output && [...entry.args, entry.rest ?? []].flat().every(isScalar),
  args: argumentsOf(entry, codecsOf(compiling, 'output'), compiling.validate.output),
  replies:
    entry.ack === undefined
      ? undefined
      : repliesOf(entry, entry.ack.schema, measuring(entry, compiling), WITHOUT_MESSAGE),
})

/** Adds the measuring of answers, which happens before they are validated, as for arguments. */
const measuring = ({ ack, errors }: EventEntry, compiling: Validating): MeasuredReplies => {
  const schemas = [...Object.values(errors), ack?.schema, ack?.errorFirst].filter(
    schema => schema !== undefined && schema !== false,
  )
  const exceeds = exceedsIn(schemas, compiling.caps)
  return { ...compiling, measure: exceeds && (answer => exceeds(answer, 0, answer.length)) }
}

/** Keeps only the code and the valid data of a failure, since a client's answers are not trusted. */
const WITHOUT_MESSAGE: Relay = {
  declared: ({ code }, data) => new EventError(code, data),
  standard: (_, code) => new EventError(code, undefined, messageOf(code)),
}

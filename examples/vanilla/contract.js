import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

const Option = Type.String({ minLength: 1, maxLength: 24, examples: ['Tabs'] })

export const api = router(
  {
    /** Votes for an option; replaces the previous vote. */
    vote: event
      .input(Option)
      .ack()
      .errors({ NO_SUCH_OPTION: Type.Object({ options: Type.Array(Option) }) }),

    /** Adds an option. */
    suggest: event
      .input(Option)
      .ack()
      .errors({ EXISTS: Type.Object({ option: Option }), FULL: Type.Object({ most: Type.Integer() }) }),

    /** The current result, sent on connection and after each change. */
    poll: event.output(Type.Array(Type.Object({ option: Option, votes: Type.Integer() }))),
  },
  { description: 'A poll' },
)

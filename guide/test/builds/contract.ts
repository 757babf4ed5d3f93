import { event, router } from '@ackwire/core'
import { FormatRegistry, Type } from '@sinclair/typebox'

// With the application's own copy of TypeBox, whichever that is.
FormatRegistry.Set('even', text => text.length % 2 === 0)

export const api = router({
  measure: event
    .input(Type.String({ format: 'even' }))
    .ack(Type.Integer())
    .errors({ TOO_LONG: Type.Object({ most: Type.Integer() }) }),
  measured: event.output(Type.Integer()),
})

import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

const Order = Type.String({ pattern: '^[0-9]{1,10}$', description: 'The number of an order' })

export const api = router(
  {
    /** From now on the client hears what becomes of an order. */
    follow: event.input(Order).ack().describe('Follow an order'),

    shipped: event
      .output(Type.Object({ order: Order, at: Type.String({ format: 'date-time' }) }))
      .describe('An order that the client follows has been shipped'),
  },
  { description: 'What becomes of orders' },
)

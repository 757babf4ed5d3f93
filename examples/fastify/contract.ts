import { event, router } from '@ackwire/core'
import { Type } from '@ackwire/core/typebox'

const Order = Type.String({ pattern: '^[0-9]{1,10}$', description: 'The number of an order' })

export const api = router(
  {
    /** Subscribes the client to an order's progress. */
    follow: event.input(Order).ack().describe('Follow an order'),

    shipped: event
      .output(Type.Object({ order: Order, at: Type.String({ format: 'date-time' }) }))
      .describe('An order that the client follows has been shipped'),
  },
  { description: 'Order progress' },
)

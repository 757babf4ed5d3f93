import type { Direction } from '@ackwire/core'

/** Whose application a document describes. */
export type Perspective = 'server' | 'client'

/** What the application does with an event. */
export type Action = 'receive' | 'send'

/** What the described application does with an event of this direction: a server receives inputs, a client sends them. */
export const actionOf = (direction: Direction, perspective: Perspective): Action =>
  (direction === 'input') === (perspective === 'server') ? 'receive' : 'send'

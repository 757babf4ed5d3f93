import type { Router } from '@ackwire/core'

/** Tells whether a value is a contract, made with `router({ … })`, by whichever copy of `@ackwire/core`. */
export const isRouter = (value: unknown): value is Router =>
  typeof value === 'object' && value !== null && '~router' in value

import type { Router } from '@ackwire/core'

/** Returns true for a contract, made with `router({ … })`, even by another copy of `@ackwire/core`. */
export const isRouter = (value: unknown): value is Router =>
  typeof value === 'object' && value !== null && '~router' in value

import type { Router } from './contract.js'

/** Tells whether a value was made by `router`. */
export const isRouter = (value: unknown): value is Router =>
  typeof value === 'object' && value !== null && '~router' in value

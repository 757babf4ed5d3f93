/**
 * The rules that the packages of Ackwire share. An application imports none of them, since any release may change them.
 *
 * @module
 */
export { foreignOf } from './schema/foreign.js'
export { isRouter } from './contract/is-router.js'
export { INVISIBLE } from './printable.js'
export { LONGEST_TIMER_MS } from './timer.js'

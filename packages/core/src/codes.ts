import type { StandardErrors } from './wire.js'

/** The message of each standard code. The messages are fixed, so that none can reveal anything internal. */
const MESSAGES: Readonly<Record<keyof StandardErrors, string>> = {
  INVALID_INPUT: 'The input does not match the contract',
  UNAUTHORIZED: 'The connection was refused',
  UNKNOWN_EVENT: 'The server does not know this event',
  NOT_IMPLEMENTED: 'The server has no handler for this event',
  RATE_LIMITED: 'Too many calls, try again later',
  OVERLOADED: 'Too many calls at once, try again later',
  TIMEOUT: 'No answer arrived in time',
  INTERNAL: 'Internal error',
  DISCONNECTED: 'The connection was lost before the answer arrived',
  ABORTED: 'The call was aborted',
  INVALID_REPLY: 'The answer does not match the contract',
}

/** Returns whether a code is a standard one, which a contract cannot declare again. */
export const isStandardCode = (code: string): code is keyof StandardErrors => Object.hasOwn(MESSAGES, code)

/** Returns the fixed message of a standard code. */
export const messageOf = (code: keyof StandardErrors): string => MESSAGES[code]

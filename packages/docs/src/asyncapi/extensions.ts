import type { Extensions } from '@ackwire/core'
import { throwDefinitionError } from '../definition/definition-error.js'

/** The one extension that this library writes. */
export const OWN = 'x-socketio'

/** The extensions that somebody declared. @throws TypeError for the library's own, which it writes by itself. */
export const extensionsOf = (declared: object, path: string): Extensions => {
  if (Object.hasOwn(declared, OWN)) throwDefinitionError(path, `"${OWN}" is reserved for ackwire; choose another name`)
  return Object.fromEntries(Object.entries(declared).filter(([key]) => key.startsWith('x-')))
}

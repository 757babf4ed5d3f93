import type { Extensions } from '@ackwire/core'
import { throwDefinitionError } from '../definition/definition-error.js'

/** The name of this library's own extension. */
export const OWN = 'x-socketio'

/** Returns the user's extensions. @throws TypeError for the library's own, which is reserved. */
export const extensionsOf = (declared: object, path: string): Extensions => {
  if (Object.hasOwn(declared, OWN)) throwDefinitionError(path, `"${OWN}" is reserved for ackwire; choose another name`)
  return Object.fromEntries(Object.entries(declared).filter(([key]) => key.startsWith('x-')))
}

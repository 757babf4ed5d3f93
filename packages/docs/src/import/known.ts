import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

/** Returns the contract's own reason for rejecting an event's name, if any. */
export const whyNoEvent = (name: string): string | undefined => {
  if (name.startsWith('/')) return 'a key that begins with a slash names a namespace'
  try {
    router({ [name]: event.input() })
    return undefined
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return message.replace(/^ackwire: .*?: /, '').replace(/; choose another name$/, '')
  }
}

/** Returns the contract's own reason for rejecting a namespace's name, if any. */
export const whyNoNamespace = (name: string): string | undefined => {
  try {
    router({ [name]: router({}) })
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^ackwire: /, '') : String(error)
  }
}

/** Returns true if a contract accepts strings of this format without a registration. */
export const isKnownFormat = (format: string): boolean => {
  try {
    router({ text: event.input(Type.String({ format })) })
    return true
  } catch {
    return false
  }
}

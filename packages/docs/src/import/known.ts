import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

/** Why a contract can't have an event of this name, in the words of the contract itself. */
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

/** Why a contract can't have a namespace of this name. */
export const whyNoNamespace = (name: string): string | undefined => {
  try {
    router({ [name]: router({}) })
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^ackwire: /, '') : String(error)
  }
}

/** Whether a contract can have a text of this format with nothing registered. */
export const isKnownFormat = (format: string): boolean => {
  try {
    router({ text: event.input(Type.String({ format })) })
    return true
  } catch {
    return false
  }
}

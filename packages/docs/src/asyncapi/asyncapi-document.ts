import type { Extensions } from '@ackwire/core'
import type { Info, ServerObject, ChannelObject, OperationObject, Components } from './asyncapi-types.js'

/** An AsyncAPI 3 document as plain JSON. */
export interface AsyncApiDocument extends Extensions {
  readonly asyncapi: '3.0.0' | '3.1.0'
  readonly id?: string | undefined
  readonly info: Info
  readonly defaultContentType: string
  readonly servers?: Readonly<Record<string, ServerObject>> | undefined
  readonly channels: Readonly<Record<string, ChannelObject>>
  readonly operations: Readonly<Record<string, OperationObject>>
  readonly components: Components
  readonly 'x-socketio'?: RootExtension | undefined
}

/** The side that the document describes, if it is not the server. */
export interface RootExtension {
  readonly perspective: 'client'
}

import type { Extensions } from '@ackwire/core'
import type { Info, ServerObject } from './asyncapi-types.js'
import type { ChannelObject, OperationObject, Components } from './channel-types.js'

/** An AsyncAPI 3 document as plain JSON. */
export interface AsyncApiDocument extends Extensions {
  /** The version of AsyncAPI. */
  readonly asyncapi: '3.0.0' | '3.1.0'
  /** The URI of the application: `urn:example:chat`. By default there is none. */
  readonly id?: string | undefined
  /** The information about the application. */
  readonly info: Info
  /** Always `application/json`. */
  readonly defaultContentType: string
  /** The servers, by their names; absent if there are none. */
  readonly servers?: Readonly<Record<string, ServerObject>> | undefined
  /** The namespaces, by their keys: `root` for `/`, `game_id` for `/game-{id}`. */
  readonly channels: Readonly<Record<string, ChannelObject>>
  /** The events, by their keys: `receive_user_sign_up`, `admin_send_stats`. */
  readonly operations: Readonly<Record<string, OperationObject>>
  /** The parts that the document refers to. */
  readonly components: Components
  /** The perspective, if the document describes the client. */
  readonly 'x-socketio'?: RootExtension | undefined
}

/** The side that the document describes, if it is not the server. */
export interface RootExtension {
  /** The described side. */
  readonly perspective: 'client'
}

import type { TSchema } from '@sinclair/typebox'
import type { Decoded } from './decoded.js'
import type { EventTypes } from './types.js'
import type { Value } from './value.js'

/** An event's types with the form of its ack. */
export interface FormTypes<Types extends EventTypes, Given extends boolean | TSchema> extends EventTypes {
  readonly wire: Types['wire']
  readonly decoded: Types['decoded']
  readonly errorFirst: OwnErrorOf<Given>
}

type OwnErrorOf<Given extends boolean | TSchema> = Given extends TSchema
  ? { readonly wire: Value<Given>; readonly decoded: Decoded<Given> }
  : Given extends true
    ? { readonly wire: string; readonly decoded: string }
    : false

import type { TSchema } from '@sinclair/typebox'
import { pascal } from '../../asyncapi/identifiers.js'

/** A schema that schemas inside it can refer to by name. */
export interface Target {
  readonly schema: TSchema
  /** The key in `components.schemas`. */
  readonly key: string
}

/** The place of a schema. */
export interface Place {
  /** The path from the contract's root, for messages: `todo.create input[0].title`. */
  readonly path: string
  /** The name of an unnamed schema here, for titles. */
  readonly name: string
  /** True if the name is the schema's own, and so unique. */
  readonly isNamed: boolean
  /** True if the server fills in defaults here, so that peers may omit such properties. */
  readonly fills: boolean
  /** The JSON Schema that references of JSON Schema refer to; absent outside of one. */
  readonly root?: object
  /** The meaning of `Type.Ref` and `This` here. */
  readonly scope: ReadonlyMap<string, Target>
}

/** Creates a place without surrounding schemas. */
export const createPlace = (path: string, name: string, fills: boolean): Place => ({
  path,
  name,
  isNamed: false,
  fills,
  scope: new Map(),
})

/** Returns the place of a part, whose name is appended to the parent's. */
export const inside = (place: Place, step: string, name: string): Place => ({
  ...place,
  path: place.path + step,
  name: place.name + pascal(name),
  isNamed: false,
})

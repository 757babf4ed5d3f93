import type { TSchema } from '@sinclair/typebox'
import { pascal } from '../../asyncapi/identifiers.js'

/** A schema that others can refer to by name from inside it. */
export interface Target {
  readonly schema: TSchema
  /** Its key in `components.schemas`. */
  readonly key: string
}

/** Where a schema stands. */
export interface Place {
  /** For messages: the way from the contract's root, such as `todo.create input[0].title`. */
  readonly path: string
  /** For titles: what a schema without a name is called here. */
  readonly name: string
  /** Whether the name is the schema's own, so that no other schema has it. */
  readonly isNamed: boolean
  /** Whether the server fills in defaults here, so that a peer may leave such properties out. */
  readonly fills: boolean
  /** What `Type.Ref` and `This` mean here. */
  readonly scope: ReadonlyMap<string, Target>
}

/** A place that nothing encloses. */
export const createPlace = (path: string, name: string, fills: boolean): Place => ({
  path,
  name,
  isNamed: false,
  fills,
  scope: new Map(),
})

/** The place of a part: the parent's name with the part's after it. */
export const inside = (place: Place, step: string, name: string): Place => ({
  ...place,
  path: place.path + step,
  name: place.name + pascal(name),
  isNamed: false,
})

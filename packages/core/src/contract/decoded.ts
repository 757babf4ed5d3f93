import type { Kind, StaticDecode, TSchema } from '@sinclair/typebox'
import type { Value } from './value.js'

/**
 * A schema that contains no transform. It needs no `StaticDecode`, which costs twice as much as `Static` and infers `unknown`
 * for the references of a module. Transforms, recursive and unsafe types have no literal as their kind.
 */
export interface Untransformed {
  readonly [Kind]: UntransformedKind
  readonly items?: Untransformed | readonly Untransformed[]
  readonly properties?: { readonly [name: string]: Untransformed }
  readonly patternProperties?: { readonly [pattern: string]: Untransformed }
  readonly anyOf?: readonly Untransformed[]
  readonly allOf?: readonly Untransformed[]
  readonly not?: Untransformed
  readonly $defs?: { readonly [name: string]: Untransformed }
}

type UntransformedKind =
  | ('Any' | 'Array' | 'Boolean' | 'Date' | 'Import' | 'Integer' | 'Intersect' | 'Literal' | 'Never' | 'Not' | 'Null')
  | ('Number' | 'Object' | 'Record' | 'Ref' | 'RegExp' | 'String' | 'TemplateLiteral' | 'Tuple' | 'Uint8Array')
  | ('Undefined' | 'Union' | 'Unknown' | 'Void')

/** The type of a value once `Type.Transform` has decoded it. */
export type Decoded<Schema extends TSchema> = Schema extends Untransformed
  ? Value<Schema>
  : Schema extends Converted<infer Output>
    ? Output
    : StaticDecode<Schema>

/** A schema of another library, which says its type itself. */
interface Converted<Output> {
  readonly [Kind]: 'ackwire:from'
  readonly decoded: Output
}

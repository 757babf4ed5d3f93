import { Kind, KindGuard, TransformKind, Type, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { Errors, type ValueError } from '@sinclair/typebox/errors'
import { TransformDecode } from '@sinclair/typebox/value'
import { refers, withChildren } from '../schema.js'
import type { Checker } from './validator.js'

type Check = (value: unknown) => boolean

/** What the names of references mean. */
export type Scope = ReadonlyMap<string, TSchema>

/**
 * Prepares schemas that refer to themselves. What was found of a value is remembered, so that to check it again in another
 * place costs nothing; without that, a peer's deep value in a recursive union costs its size times its depth.
 */
export interface Recall {
  /** The same schema, with what it refers to asked for, and nothing named. */
  closed(schema: TSchema, scope?: Scope): TSchema
  /** The check of a schema, or of a part that refers to what it stands in. */
  checkOf(part: TSchema, scope: Scope): Check
  /** How a value differs from a schema, or from a part that refers to what it stands in. */
  differences(part: TSchema, scope: Scope, value: unknown): Iterable<ValueError>
  /** Before values may have changed: forgets what was found. */
  forget(): void
}

/** A schema that is referred to. */
interface Target {
  fits(value: unknown): boolean
  decode(value: unknown): unknown
  differences(value: unknown): Iterable<ValueError>
  /** What was found of values. */
  found: WeakMap<object, boolean>
}

/** What stands in the place of a reference. */
interface Recalled extends TSchema {
  readonly fits: Check
  readonly differences: (value: unknown) => Iterable<ValueError>
}

const RECALLED = 'ackwire:recalled'

/** Remembers what it finds with a checker. */
export const recallOf = (checker: Checker): Recall => {
  const targets = new Map<TSchema, Target>()
  TypeRegistry.Set<Recalled>(RECALLED, ({ fits }, value) => fits(value))

  const targetOf = (schema: TSchema, scope: Scope): Target => {
    const known = targets.get(schema)
    if (known !== undefined) return known
    // Made when they are first used, because a schema can refer to itself.
    let check: Check | undefined
    let inside: TSchema | undefined
    const target: Target = {
      fits(value) {
        const before = isObject(value) ? target.found.get(value) : undefined
        if (before !== undefined) return before
        const found = (check ??= checkOf(schema, scope))(value)
        if (isObject(value)) target.found.set(value, found)
        return found
      },
      decode: value => TransformDecode((inside ??= closed(schema, scope)), [], value),
      differences: value => differences(schema, scope, value),
      found: new WeakMap(),
    }
    targets.set(schema, target)
    return target
  }
  const recalled = ({ fits, decode, differences: inside }: Target, own: Decoder | undefined): TSchema => {
    const Decode = own === undefined ? decode : (value: unknown) => own.Decode(decode(value))
    return Type.Unsafe({ [Kind]: RECALLED, fits, differences: inside, [TransformKind]: { Decode } })
  }
  const closed = (schema: TSchema, scope: Scope = new Map(), isDecoded = true): TSchema => {
    if (KindGuard.IsImport(schema)) {
      const target = schema.$defs[schema.$ref]
      // One that is decoded as a whole stays as it is, and refers to its own only.
      if (target === undefined || (isDecoded && decoderOf(schema) !== undefined)) return schema
      return closed(target, new Map(Object.entries(schema.$defs)), isDecoded)
    }
    const target = refers(schema) ? scope.get(schema['$ref']) : undefined
    if (target !== undefined) return recalled(targetOf(target, scope), decoderOf(schema))
    const inner = schema.$id === undefined ? scope : new Map([...scope, [schema.$id, schema] as const])
    return withChildren(schema, child => closed(child, inner, isDecoded))
  }
  const checkOf = (part: TSchema, scope: Scope): Check => checker.checkOf(closed(part, scope, false))
  const walked = new Map<TSchema, TSchema>()
  const differences = function* (part: TSchema, scope: Scope, value: unknown): Generator<ValueError> {
    const known = walked.get(part) ?? closed(part, scope, false)
    walked.set(part, known)
    for (const error of Errors(known, [], value)) {
      if (!isRecalled(error.schema)) yield error
      else for (const inner of error.schema.differences(error.value)) yield { ...inner, path: error.path + inner.path }
    }
  }

  return {
    closed,
    checkOf,
    differences,
    forget() {
      for (const target of targets.values()) target.found = new WeakMap()
    },
  }
}

const isRecalled = (schema: TSchema): schema is Recalled => schema[Kind] === RECALLED

/** What `Type.Transform` puts on a schema. */
interface Decoder {
  Decode(value: unknown): unknown
}

const decoderOf = (schema: TSchema): Decoder | undefined => Reflect.get(schema, TransformKind) as Decoder | undefined

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

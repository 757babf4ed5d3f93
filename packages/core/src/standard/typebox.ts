import { isPlainObject } from '../definition-error.js'
import type { Issue } from '../wire.js'
import { firstIn, type JsonSchema } from './json-schema.js'
import type { LibrarySchema } from './library.js'

/** The validator that `Compile` of `typebox/compile` makes. */
export interface CompiledTypeBox {
  Check(value: unknown): boolean
  Errors(value: unknown): readonly { readonly instancePath: string; readonly message: string }[]
  Decode(value: unknown): unknown
  Encode(value: unknown): unknown
  Type(): object
}

/** Returns whether a value is a schema of TypeBox 1, which hides properties such as `~kind` beside the keywords. */
export const isTypeBox = (value: object): boolean =>
  Object.getOwnPropertyNames(value).some(name => name.startsWith('~'))

/** Returns whether a value is a compiled schema of TypeBox 1. */
export const isCompiledTypeBox = (value: object): value is CompiledTypeBox =>
  ['Check', 'Errors', 'Decode', 'Encode', 'Type'].every(name => typeof Reflect.get(value, name) === 'function')

/** Compiles a schema of TypeBox 1 with its own compiler. @throws TypeError where that can't be loaded synchronously. */
export const compileTypeBox = (schema: object): CompiledTypeBox => {
  const module: unknown = compilerModule()
  const compile: unknown = Reflect.get(Object(module), 'Compile')
  if (typeof compile === 'function') return compile(schema)
  throw new TypeError(
    'ackwire: from: the compiler of typebox was not found; write from(Compile(schema)), with Compile from "typebox/compile"',
  )
}

/** Loads the compiler, which is not imported because few applications have TypeBox 1; `undefined` in a browser. */
const compilerModule = (): unknown => {
  try {
    // Not an import of node:module, which a browser does not have.
    const { createRequire } = process.getBuiltinModule('node:module')
    return createRequire(import.meta.url)('typebox/compile')
  } catch {
    return undefined
  }
}

/** Returns a compiled schema of TypeBox 1 as the library itself handles it. */
export const typeboxLibrary = (compiled: CompiledTypeBox): LibrarySchema => {
  const type = compiled.Type()
  const converts = hasCodec(type, new Set())
  const json = plain(type) as JsonSchema // The type is an object.
  const issuesOf = (value: unknown): readonly Issue[] =>
    compiled.Errors(value).map(({ instancePath, message }) => ({ path: instancePath, message }))
  return {
    library: 'typebox',
    json,
    problem: firstIn(json, foreignTypeIn),
    oneWay: undefined,
    converts,
    isOptional: '~optional' in type,
    validate(value) {
      try {
        if (!compiled.Check(value)) return { kind: 'invalid', issues: () => issuesOf(value) }
        return { kind: 'valid', value: converts ? compiled.Decode(value) : value }
      } catch (error) {
        return { kind: 'failed', error }
      }
    },
    encode(value) {
      try {
        const sent = converts ? compiled.Encode(value) : value
        if (compiled.Check(sent)) return { kind: 'valid', value: sent }
        return { kind: 'invalid', issues: () => issuesOf(sent) }
      } catch (error) {
        return { kind: 'failed', error }
      }
    },
  }
}

/** Returns the reason why a schema is not one of JSON values. */
const foreignTypeIn = ({ type }: JsonSchema): string | undefined =>
  typeof type === 'string' && !TYPES.has(type) ? `${type} is not a type of JSON` : undefined

const TYPES: ReadonlySet<string> = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'])

const hasCodec = (part: unknown, seen: Set<unknown>): boolean => {
  if (typeof part !== 'object' || part === null || seen.has(part)) return false
  seen.add(part)
  return '~codec' in part || Object.values(part).some(inner => hasCodec(inner, seen))
}

/** Returns the keywords of a schema, without what TypeBox hides beside them. */
const plain = (part: unknown): unknown => {
  if (part instanceof RegExp) return part.source
  if (typeof part === 'bigint') return Number(part)
  if (Array.isArray(part)) return part.map(plain)
  if (!isPlainObject(part)) return part
  return Object.fromEntries(Object.entries(part).map(([keyword, value]) => [keyword, plain(value)]))
}

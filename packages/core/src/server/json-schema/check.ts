/** A difference of a value from its schema: a JSON pointer to the place, relative to the value, and what is expected there. */
export interface Difference {
  readonly path: string
  readonly message: string
  /** The number of steps in the path, which a peer chooses: counting them would take as long as the names in it are. */
  readonly depth: number
}

/** The properties and items that a schema has looked at, for `unevaluatedProperties` and `unevaluatedItems`. */
export type Evaluated = Set<string | number>

/** The outcome of a schema that is referred to, for one object. */
export interface Outcome {
  readonly difference: Difference | undefined
  /** Absent where nobody wanted to know. */
  readonly evaluated: Evaluated | undefined
}

/** The outcomes of one pass, so that each schema that is referred to checks an object once. */
export type Found = Map<Check, Map<object, Outcome>>

/** Returns how a value differs, if it does. `seen` is given where a keyword needs to know what has been evaluated. */
export type Check = (value: unknown, found: Found, seen?: Evaluated) => Difference | undefined

/** The check of a schema that stands inside of another. */
export type Compile = (schema: unknown) => Check

/** Compiles a keyword by its value; `siblings` are the keywords that stand beside it. */
export type Keyword = (operand: unknown, compile: Compile, siblings: Readonly<Record<string, unknown>>) => Check

/** A difference of a value itself. */
export const differs = (message: string): Difference => ({ path: '', message, depth: 0 })

/** The difference of a part, seen from the whole. */
export const inside = (key: string | number, difference: Difference): Difference => {
  const step = String(key)
  // A lone surrogate can't be part of a path, so the difference is reported for the object.
  if (/\p{Surrogate}/u.test(step)) return differs(difference.message)
  const path = `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}${difference.path}`
  return { path, message: difference.message, depth: difference.depth + 1 }
}

/** Tells whether a value is an object of JSON; bytes and dates are objects without properties. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The names of an object's properties. */
export const keysOf = (value: object): string[] => (ArrayBuffer.isView(value) ? [] : Object.keys(value))

type IsAny<Type> = 0 extends 1 & Type ? true : false

/** Resolves to `true` for identical types. `any` is identical to nothing, not even to itself. */
export type Equal<Left, Right> = true extends IsAny<Left> | IsAny<Right>
  ? false
  : (<Probe>() => Probe extends Left ? 1 : 2) extends <Probe>() => Probe extends Right ? 1 : 2
    ? true
    : false

interface Mismatch<Actual, Expected> {
  readonly actual: Actual
  readonly expected: Expected
}

interface Expectation<Actual> {
  /** Compiles only if the types are identical; otherwise the compiler's message names both. */
  toBe<Expected>(this: Equal<Actual, Expected> extends true ? unknown : Mismatch<Actual, Expected>): void
}

/** Has no `toBe` if the type is `any`, which would pass every other check. */
type Expected<Actual> = IsAny<Actual> extends true ? 'this type is any' : Expectation<Actual>

/** Checks a type at compile time: `expectType<Type>().toBe<Exact>()`, or `expectType(value).toBe<Exact>()`. */
export declare function expectType<Actual>(): Expected<Actual>
export declare function expectType<Actual>(value: Actual): Expected<Actual>

type IsAny<Type> = 0 extends 1 & Type ? true : false

/** `true` for identical types. `any` is identical to nothing, not even to `any`. */
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
  /** Compiles if the types are identical; the compiler's message names both where they aren't. */
  toBe<Expected>(this: Equal<Actual, Expected> extends true ? unknown : Mismatch<Actual, Expected>): void
}

/** An `any` passes every other check, so it has no `toBe` to call. */
type Expected<Actual> = IsAny<Actual> extends true ? 'this type is any' : Expectation<Actual>

/** Type tests are compiled, not run: `expectType<Type>().toBe<Exact>()`, or `expectType(value).toBe<Exact>()`. */
export declare function expectType<Actual>(): Expected<Actual>
export declare function expectType<Actual>(value: Actual): Expected<Actual>

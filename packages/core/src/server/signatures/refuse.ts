/** Options of `fail` in `authenticate`. */
export interface RefuseOptions {
  /**
   * The message of the client's error, for clients that show it.
   *
   * @default the code
   */
  readonly message?: string
}

/** Refuses a client with one of the declared errors. */
export type Refuse<Errors> = <Code extends keyof Errors & string>(
  code: Code,
  data: Errors[Code],
  options?: RefuseOptions,
) => never

/** A difference between a value and its schema; `path` is a JSON pointer. */
export interface Issue {
  readonly path: string
  readonly message: string
}

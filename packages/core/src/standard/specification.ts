/**
 * The part of Standard Schema 1.1 with Standard JSON Schema that a contract needs: a schema that validates, and that tells its
 * JSON Schema.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': StandardProps<Input, Output>
}

/** The properties of a standard schema. */
export interface StandardProps<Input, Output> {
  /** The version of the standard. */
  readonly version: 1
  /** The name of the library. */
  readonly vendor: string
  /** The types of values before and after validation; never a value. */
  readonly types?: { readonly input: Input; readonly output: Output } | undefined
  /** Validates a value. */
  readonly validate: (value: unknown) => StandardResult | PromiseLike<StandardResult>
  /** Writes the schema as JSON Schema. */
  readonly jsonSchema: StandardConverter
}

/** The functions that write a schema as JSON Schema. They throw for what the library can't express. */
export interface StandardConverter {
  /** Writes the schema of values before validation. */
  readonly input: (options: StandardOptions) => Readonly<Record<string, unknown>>
  /** Writes the schema of values after validation. */
  readonly output: (options: StandardOptions) => Readonly<Record<string, unknown>>
}

/** The options with which a schema is written. */
export interface StandardOptions {
  /** The dialect of JSON Schema. */
  readonly target: 'draft-07'
  /** Options of the library's own. */
  readonly libraryOptions?: Record<string, unknown> | undefined
}

/** The result of a validation: the value, or the issues. */
export interface StandardResult {
  /** The value after validation. */
  readonly value?: unknown
  /** The places at which the value differs; absent for a valid value. */
  readonly issues?: readonly StandardIssue[] | undefined
}

/** A place at which a value differs from its schema. */
export interface StandardIssue {
  /** The message of the library. */
  readonly message: string
  /** The keys that lead to the place. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

import type { StandardIssue, StandardResult, StandardSchema } from './specification.js'

/** The directions in which a schema converts values. */
export type Conversion = 'none' | 'two-way' | 'one-way'

/** The knowledge of a library beyond the standard. */
export interface Vendor {
  /** The line that mends a schema without JSON Schema. */
  readonly advice?: string
  /** Options with which the library marks what it can't express, instead of leaving it out or giving up. */
  readonly marking?: Readonly<Record<string, unknown>>
  /** True if the library also gives up by itself, so that the marks are needed only to find the place. */
  readonly isStrict?: boolean
  /** Returns how a schema converts values. */
  conversionOf?(schema: StandardSchema): Conversion
  /** Returns whether a value may be missing. A library that converts a missing value may accept it all the same. */
  isOptional?(schema: StandardSchema): boolean
  /** Throws what a schema throws at a value, for which its standard function has returned a promise. */
  rethrow?(schema: StandardSchema, value: unknown): void
  /** Encodes a value. */
  encode?(schema: StandardSchema, value: unknown): StandardResult
  /** Returns the message of an issue without the value, as far as the library says where it is in the message. */
  messageOf?(issue: StandardIssue): string
}

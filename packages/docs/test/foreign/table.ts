/** A schema of a library, with the reason for which the document may judge values otherwise. */
export interface Row<Schema> {
  readonly schema: Schema
  /** The reason, as the guide's table of differences has it. */
  readonly differs: string
}

/** Schemas of a library by name. */
export type Table<Schema> = Readonly<Record<string, Schema | Row<Schema>>>

/** A schema that the document judges otherwise, for a reason. */
export const differing = <Schema>(differs: string, schema: Schema): Row<Schema> => ({ schema, differs })

/** The reasons. */
export const REASONS = {
  refined: 'a check that is a function',
  format: 'a format',
  coerced: 'a coercion',
  caught: 'a fallback for invalid values',
  flags: 'the flags of a regular expression',
  changed: 'a check of what a transform has made',
  lists: 'a list where an object is expected',
  older: 'an older version of the library',
} as const

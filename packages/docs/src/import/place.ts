import type { Code } from './code.js'

/** The place of a schema while its contract is written. */
export interface Place {
  /** The path for notes: `ban input[0].reason`. */
  readonly path: string
  /** The titles that a rendering would generate here, which need not be written. */
  readonly titles: readonly string[]
  /** True for a component, whose title is its own name for any type. */
  readonly isComponent?: boolean
  /** The code of references inside a recursive schema, by pointer. */
  readonly within: ReadonlyMap<string, Code>
}

/** The writer of schemas. */
export interface Writer {
  /** Returns the TypeBox expression of a JSON Schema. */
  write(schema: unknown, place: Place): Code
  /** Returns the code for a reference: the name of a constant. */
  refer(pointer: string, place: Place): Code
  /** Notes a part that can't be carried over. */
  note(place: Place, text: string): void
  /** Counts the size of an event's code, which many operations may share. @throws RangeError above the maximum of a contract. */
  count(code: Code): Code
  /** Registers a format that TypeBox does not know. */
  useFormat(format: string): void
}

/** Returns the place of a part: `step` extends the path, `name` the titles. */
export const inside = (place: Place, step: string, name: string): Place => ({
  ...place,
  isComponent: false,
  path: place.path + step,
  titles: place.titles.map(title => title + name),
})

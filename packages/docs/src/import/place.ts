import type { Code } from './code.js'

/** Where a schema stands while its contract is written. */
export interface Place {
  /** For notes: `ban input[0].reason`. */
  readonly path: string
  /** The titles that a rendering would give it by itself, so that they need not be written. */
  readonly titles: readonly string[]
  /** Whether it is a component, which has its own name for a title whatever its type. */
  readonly isComponent?: boolean
  /** What references inside a schema that contains itself are written as, by pointer. */
  readonly within: ReadonlyMap<string, Code>
}

/** What writing a schema needs. */
export interface Writer {
  /** The TypeBox expression of a JSON Schema. */
  write(schema: unknown, place: Place): Code
  /** What a reference points to: the name of a constant. */
  refer(pointer: string, place: Place): Code
  /** Notes what can't be carried over. */
  note(place: Place, text: string): void
  /** Counts the code of an event, which many operations can share. @throws RangeError for more than a contract can hold. */
  count(code: Code): Code
  /** Has a format registered that TypeBox does not know. */
  useFormat(format: string): void
}

/** The place of a part: `step` for people, `name` as titles have it. */
export const inside = (place: Place, step: string, name: string): Place => ({
  ...place,
  isComponent: false,
  path: place.path + step,
  titles: place.titles.map(title => title + name),
})

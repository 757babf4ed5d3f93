/** The sources of an application by file name: `contract.ts`, and the files that use it. */
export type Program = Readonly<Record<string, string>>

/** A library, with the same application written for it. */
export interface Contender {
  /**
   * Returns a program with the given number of events, a handler for each in `server.ts` or the contract, and a call of each in
   * `client.ts`. Each call ends in a semicolon: before it completes a name, an editor reads back over everything that could be
   * type arguments, which without separators would include all calls.
   */
  readonly program: (events: number) => Program
  /** The source before an event's name in a call, and after it up to the input. */
  readonly call: readonly [before: string, after: string]
  /** The offset in the call at which an editor resolves the event: that of its name, or of the method if the name is a string. */
  readonly place: number
}

/** Returns the number of an event as it is written in names. */
export const idOf = (index: number): string => String(index).padStart(4, '0')

/** Returns one line for each event. */
export const each = (events: number, line: (id: string) => string): string =>
  Array.from({ length: events }, (_, index) => line(idOf(index))).join('\n')

/** The sources of one application, by file: `contract.ts`, and what is made with it. */
export type Program = Readonly<Record<string, string>>

/** A library, with the same application in its words. */
export interface Contender {
  /**
   * So many events, a handler for each in `server.ts` or the contract, and a call of each in `client.ts`. A semicolon ends each
   * call: before it completes a name, an editor reads back over what could be type arguments, which it takes all calls for
   * that nothing separates.
   */
  readonly program: (events: number) => Program
  /** What stands before an event's name where it is called, and after it up to the input. */
  readonly call: readonly [before: string, after: string]
  /** The character of the call at which an editor knows of the event: that of its name, or of the verb where the name is a string. */
  readonly place: number
}

/** The number of an event, as it stands in names. */
export const idOf = (index: number): string => String(index).padStart(4, '0')

/** A line for each of so many events. */
export const each = (events: number, line: (id: string) => string): string =>
  Array.from({ length: events }, (_, index) => line(idOf(index))).join('\n')

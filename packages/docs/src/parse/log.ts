/** Collects what a reader tells of a document. */
export interface ReadLog {
  /** Tells of a part that could not be read, which might mean anything. */
  note(text: string): void
  /** Tells what the reader has chosen, added or left out. */
  remark(text: string): void
}

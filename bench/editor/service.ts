/** A place in a file; both count from 0. */
export interface Position {
  readonly line: number
  readonly character: number
}

/** So many characters of one line become another text. */
export interface Edit {
  readonly at: Position
  readonly length: number
  readonly text: string
}

/** Where something is defined. The file is relative to the program's folder. */
export interface Definition {
  readonly file: string
  readonly line: number
}

/** What an editor asks of a TypeScript. Files are named within the program's folder. */
export interface LanguageService {
  /** Opens a file in the editor, as every file that is edited or asked about has to be. */
  open(file: string, text: string): Promise<void>
  edit(file: string, edit: Edit): void
  /** The names that are offered. */
  complete(file: string, at: Position): Promise<readonly string[]>
  hover(file: string, at: Position): Promise<string>
  define(file: string, at: Position): Promise<readonly Definition[]>
  close(): void
}

/** Where a piece of text stands, moved by so many characters within it. */
export const positionOf = (text: string, piece: string, moved = 0): Position => {
  const index = text.indexOf(piece)
  if (index === -1) throw new Error(`the program has no ${piece}`)
  const before = text.slice(0, index + moved).split('\n')
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
}

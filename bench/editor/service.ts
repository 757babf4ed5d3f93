/** A position in a file; line and character count from 0. */
export interface Position {
  readonly line: number
  readonly character: number
}

/** Replaces a number of characters of one line by another string. */
export interface Edit {
  readonly at: Position
  readonly length: number
  readonly text: string
}

/** The place of a definition. The file is relative to the program's folder. */
export interface Definition {
  readonly file: string
  readonly line: number
}

/** The requests to a TypeScript language service. Files are relative to the program's folder. */
export interface LanguageService {
  /** Opens a file in the editor, which every file needs before it is edited or asked about. */
  open(file: string, text: string): Promise<void>
  edit(file: string, edit: Edit): void
  /** Resolves to the names that completion offers. */
  complete(file: string, at: Position): Promise<readonly string[]>
  hover(file: string, at: Position): Promise<string>
  /** The messages of the mistakes in a file. */
  errors(file: string): Promise<readonly string[]>
  define(file: string, at: Position): Promise<readonly Definition[]>
  close(): void
}

/** Returns the position of a substring, plus `moved` characters. */
export const positionOf = (text: string, piece: string, moved = 0): Position => {
  const index = text.indexOf(piece)
  if (index === -1) throw new Error(`expected the program to contain ${piece}`)
  const before = text.slice(0, index + moved).split('\n')
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
}

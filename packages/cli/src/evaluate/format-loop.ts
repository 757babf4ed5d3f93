import { formatLoop } from '@ackwire/docs/tooling'
import { FormatRegistry } from '@sinclair/typebox'
import { type Expression, type ModuleDeclaration, parse, type Program, type Statement } from 'acorn'
import { evaluate } from './evaluate.js'

/** Returns the formats that a statement registers, or `undefined` for any other statement. */
export const formatsIn = (statement: Statement | ModuleDeclaration): readonly string[] | undefined => {
  if (statement.type !== 'ForOfStatement') return undefined
  const [model] = parse(formatLoop('[]'), { ecmaVersion: 'latest' }).body
  if (model?.type !== 'ForOfStatement') return undefined
  if (shapeOf({ ...statement, right: undefined }) !== shapeOf({ ...model, right: undefined })) return undefined
  return namesIn(statement.right)
}

const namesIn = (list: Expression): readonly string[] | undefined => {
  const formats = evaluate(list, new Map())
  return Array.isArray(formats) ? formats.map(String) : undefined
}

/** Returns a syntax tree without the positions of its nodes. */
const shapeOf = (node: object): string =>
  JSON.stringify(node, (key, value: unknown) => (PLACES.has(key) ? undefined : value))

// `raw` differs with the quotes of a literal.
const PLACES: ReadonlySet<string> = new Set(['start', 'end', 'raw'])

/** Calls `use` while the formats of a contract are registered, then removes them. */
export const withFormats = <Result>({ body }: Program, use: () => Result): Result => {
  const named = body.flatMap(statement => formatsIn(statement) ?? [])
  const added = [...new Set(named)].filter(format => !FormatRegistry.Has(format))
  for (const format of added) FormatRegistry.Set(format, () => true)
  try {
    return use()
  } finally {
    for (const format of added) FormatRegistry.Delete(format)
  }
}

import type { ModuleDeclaration, Program, Statement, VariableDeclaration } from 'acorn'
import { evaluate } from './evaluate.js'
import { formatsIn } from './format-loop.js'
import { unexpected } from './unexpected.js'

/** The names that an imported contract may import. The contract itself loads none of these modules. */
const MODULES: ReadonlyMap<unknown, ReadonlySet<string>> = new Map([
  ['@ackwire/core', new Set(['event', 'router'])],
  ['@sinclair/typebox', new Set(['Type', 'FormatRegistry'])],
])

/** The names that an imported contract may export. */
const EXPORTS: ReadonlySet<string> = new Set(['api', 'docs'])

/**
 * Builds the exports of an imported contract from its syntax tree, without running its code. Rejects any statement or expression
 * that `import` does not generate.
 *
 * @throws Error for any other code, and the errors of TypeBox's and ackwire's builders.
 */
export const buildContract = ({ body }: Program): ReadonlyMap<string, unknown> => {
  const scope = new Map<string, unknown>()
  const exported = new Map<string, unknown>()
  for (const statement of body) {
    if (isImport(statement) || formatsIn(statement) !== undefined) continue
    const isExport = statement.type === 'ExportNamedDeclaration'
    const [name, value] = constantIn(isExport ? statement.declaration : statement, statement, scope)
    if (isExport !== EXPORTS.has(name)) unexpected(statement, `a declaration of ${name}`)
    scope.set(name, value)
    if (isExport) exported.set(name, value)
  }
  return exported
}

const isImport = (statement: Statement | ModuleDeclaration): boolean => {
  if (statement.type !== 'ImportDeclaration') return false
  const names = MODULES.get(statement.source.value)
  const isKnown = statement.specifiers.every(
    each =>
      each.type === 'ImportSpecifier' &&
      each.imported.type === 'Identifier' &&
      each.imported.name === each.local.name &&
      names?.has(each.local.name),
  )
  return (names !== undefined && isKnown) || unexpected(statement, 'an import')
}

const constantIn = (
  declaration: unknown,
  statement: Statement | ModuleDeclaration,
  scope: ReadonlyMap<string, unknown>,
): readonly [name: string, value: unknown] => {
  if (!isConst(declaration)) return unexpected(statement, 'a statement')
  const [only, other] = declaration.declarations
  if (only?.id.type !== 'Identifier' || !only.init || other !== undefined) return unexpected(statement, 'a declaration')
  return [only.id.name, evaluate(only.init, scope)]
}

const isConst = (node: unknown): node is VariableDeclaration =>
  typeof node === 'object' &&
  node !== null &&
  Reflect.get(node, 'type') === 'VariableDeclaration' &&
  Reflect.get(node, 'kind') === 'const'

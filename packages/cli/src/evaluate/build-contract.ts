import type { ModuleDeclaration, Program, Statement, VariableDeclaration } from 'acorn'
import { evaluate } from './evaluate.js'
import { formatsIn } from './format-loop.js'
import { unexpected } from './unexpected.js'

/** What an imported contract may import: nothing of it is loaded by the contract. */
const MODULES: ReadonlyMap<unknown, ReadonlySet<string>> = new Map([
  ['@ackwire/core', new Set(['event', 'router'])],
  ['@sinclair/typebox', new Set(['Type', 'FormatRegistry'])],
])

/** What it exports. */
const EXPORTS: ReadonlySet<string> = new Set(['api', 'docs'])

/**
 * Builds what an imported contract exports from its tree, without running its text: a statement or an expression that the
 * writer of contracts does not write is refused.
 *
 * @throws Error for anything else, and what the builders of TypeBox and ackwire throw.
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

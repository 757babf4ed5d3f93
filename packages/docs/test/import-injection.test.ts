import { type Comment, parse, type Program } from 'acorn'
import * as fc from 'fast-check'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { contractOf } from '../src/import/contract.js'
import { type Json, jsonOf } from '../src/parse/json.js'
import { readApi } from '../src/parse/parse.js'
import { bases, HOSTILE, INVISIBLE, positionsOf, replaced } from './hostile-document.js'

const timeoutMs = 300_000
const SEED = 20_261_130

const TYPE_IMPORT = "import type { DocumentOptions } from '@ackwire/docs'\n"
const TYPE = 'export const docs: DocumentOptions = {'
const JSDOC = '* The rest of the document, which `ackwire` reads here. '
const LOOP = 'ImportDeclaration ImportDeclaration ForOfStatement'

/** All kinds of syntax nodes in a contract, except in the statement that registers formats. */
const NODES = new Set(
  [
    'Program ImportDeclaration ImportSpecifier ExportNamedDeclaration VariableDeclaration VariableDeclarator',
    'Identifier Literal ArrayExpression ObjectExpression Property CallExpression MemberExpression NewExpression',
    'ArrowFunctionExpression UnaryExpression',
  ].flatMap(words => words.split(' ')),
)

const isNode = (value: unknown): value is Json & { readonly type: string } =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string'

const nodesIn = (node: Json, found: (Json & { readonly type: string })[] = []): typeof found => {
  for (const value of Object.values(node))
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
      if (isNode(each)) {
        found.push(each)
        nodesIn(each, found)
      }
  return found
}

/** Returns the source without its types, so that it can be parsed as JavaScript. */
const untyped = (text: string): string => {
  assert.is(text.split(TYPE_IMPORT).length, 2, 'the import of the type')
  assert.is(text.split(TYPE).length, 2, 'the type')
  return text.replace(TYPE_IMPORT, '').replace(TYPE, 'export const docs = {')
}

const checkTree = (program: Program): void => {
  const kinds = program.body.map(({ type }) => type).join(' ')
  const others = '(?: VariableDeclaration)* ExportNamedDeclaration ExportNamedDeclaration'
  assert.match(kinds, new RegExp(`^(?:${LOOP}|ImportDeclaration ImportDeclaration)${others}$`))
  const names = new Set(['Type', 'event', 'router', 'RegExp'])
  for (const statement of program.body) {
    const node = statement as unknown as Json
    if (statement.type === 'ForOfStatement') {
      assert.ok(nodesIn(jsonOf(node['right'])).every(({ type }) => type === 'Literal'))
      continue
    }
    for (const each of nodesIn(node)) {
      assert.ok(NODES.has(each.type), `a ${each.type}`)
      if (each.type === 'VariableDeclarator') names.add(String(jsonOf(each['id'])['name']))
      if (each.type === 'CallExpression' || each.type === 'NewExpression') checkCallee(jsonOf(each['callee']), names)
      if (each.type === 'Literal') assert.is(each['regex'], undefined)
      const key = jsonOf(each['key'])
      if (each.type === 'Property' && (key['name'] ?? key['value']) === '__proto__') assert.is(each['computed'], true)
    }
  }
}

const checkCallee = (callee: Json, names: ReadonlySet<string>): void => {
  if (callee['type'] === 'Identifier') return assert.ok(['router', 'RegExp'].includes(String(callee['name'])))
  assert.is(callee['type'], 'MemberExpression')
  assert.is(callee['computed'], false)
  const object = jsonOf(callee['object'])
  if (object['type'] === 'Identifier') assert.ok(names.has(String(object['name'])), String(object['name']))
  else assert.is(object['type'], 'CallExpression')
}

const checkComments = (comments: readonly Comment[], program: Program): void => {
  const [first] = program.body
  for (const { type, value, start } of comments) {
    if (type === 'Block') assert.is(value, JSDOC)
    else if (start > (first?.start ?? 0)) assert.match(value, /^ Formats that are not registered/)
  }
  assert.is(comments.filter(({ type }) => type === 'Block').length, 1)
}

/** Imports the contract of a document and checks its source. */
const check = (content: unknown): void => {
  const api = readApi(jsonOf(content))
  const { text, notes } = contractOf(api, `a${String(jsonOf(content)['asyncapi'])}.yaml`)
  const comments: Comment[] = []
  const program = parse(untyped(text), { ecmaVersion: 'latest', sourceType: 'module', onComment: comments })
  checkTree(program)
  checkComments(comments, program)
  const hidden = INVISIBLE.exec(text.replaceAll('\u00A0', ' ').replaceAll('\u3000', ' '))
  assert.is(hidden, null, JSON.stringify(hidden?.[0]))
  // One line each, or a string could pass for two lines.
  const lines = text.slice(0, text.indexOf('\n\nimport ')).split('\n')
  assert.equal(
    lines.filter(line => line.startsWith('// - ')),
    notes.map(note => `// - ${note}`.trimEnd()),
  )
  assert.is('pwned' in globalThis, false)
}

describe('a contract imported from a hostile document', it => {
  for (const name of ['features 3.0.0', 'features 2.6.0', 'python', 'zod-sockets']) {
    it(
      `contains only literals and comment lines, whichever string of ${name} is hostile`,
      { timeoutMs },
      ({ print }) => {
        const [, content] = bases.find(([base]) => base === name) ?? []
        const positions = positionsOf(content)
        for (const [index, position] of positions.entries()) {
          const text = HOSTILE[index % HOSTILE.length] ?? ''
          try {
            check(replaced(content, position, text))
          } catch (error) {
            throw new Error(`${JSON.stringify({ ...position, text })}: ${String(error)}`, { cause: error })
          }
        }
        print(`${name}: ${positions.length} positions, a case each`)
      },
    )
  }

  it('contains nothing else whichever strings of any document are hostile together', { timeoutMs }, ({ print }) => {
    const numRuns = 150
    const all = bases.map(([name, content]) => ({ name, content, positions: positionsOf(content) }))
    const change = fc.tuple(fc.nat(), fc.constantFrom(...HOSTILE), fc.constantFrom(...HOSTILE))
    const property = fc.property(fc.nat(), fc.array(change, { minLength: 1, maxLength: 6 }), (which, changes) => {
      const { content, positions } = all[which % all.length] ?? { content: {}, positions: [] }
      const hostile = changes.reduce<unknown>((sum, [where, first, second]) => {
        const position = positions[where % positions.length]
        return position === undefined ? sum : replaced(sum, position, first + second)
      }, content)
      check(hostile)
    })
    fc.assert(property, { numRuns, seed: SEED })
    const count = all.reduce((sum, { positions }) => sum + positions.length, 0)
    print(`${all.length} documents of ${count} positions, ${numRuns} cases of up to 6 of them, seed ${SEED}`)
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import ts from 'typescript-6'
import * as assert from 'uvu/assert'
import { describe } from './harness.js'

const root = resolve(import.meta.dirname, '..')
const FOLDERS = ['packages', 'bench', 'guide', 'examples', 'test']
const OTHERS = /(^|[\\/])(node_modules|dist|\.blocks-[^\\/]*)([\\/]|$)/

const isText = (node: ts.Expression | undefined): boolean =>
  node !== undefined &&
  (ts.isStringLiteralLike(node) ||
    ts.isTemplateExpression(node) ||
    (ts.isBinaryExpression(node) && (isText(node.left) || isText(node.right))))

/** Returns the calls of `assert.throws` whose second of two arguments is a text, which uvu takes for a title. */
const vacuousIn = (source: string): string[] => {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'assert.throws' && node.arguments.length === 2)
      if (isText(node.arguments[1])) found.push(node.getText())
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('test.tsx', source, ts.ScriptTarget.Latest, true))
  return found
}

describe('the message of a thrown error', it => {
  it('is compared, and no title', () => {
    const files = FOLDERS.flatMap(folder =>
      // With types, since otherwise links are followed.
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !OTHERS.test(entry.parentPath))
        .map(entry => join(entry.parentPath, entry.name)),
    )
    assert.ok(files.length > 500, `${files.length} files`)
    const found = files.flatMap(name => {
      const source = readFileSync(name, 'utf8')
      return source.includes('assert.throws(') ? vacuousIn(source).map(call => `${relative(root, name)}: ${call}`) : []
    })
    assert.equal(found, [])
  })

  it('is found as a title, but not as an expression or in a check', () => {
    assert.is(vacuousIn("assert.throws(f, 'a'); assert.throws(f, `a ${b}`); assert.throws(f, 'a' + b)").length, 3)
    assert.equal(vacuousIn("assert.throws(f, /a/); assert.throws(f, saying('a')); assert.throws(f, /a/, 'a')"), [])
  })
})

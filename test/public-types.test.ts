import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import ts from 'typescript-6'
import { describe } from './harness.js'

/** The maximum number of names that an entry exports. */
const MOST = 40

const root = resolve(import.meta.dirname, '..')

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Each entry of the packages with its source, except those that have another library's names. */
const entries = ['core', 'client', 'docs'].flatMap(folder => {
  const place = join(root, 'packages', folder)
  const { name, exports } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as Manifest
  return Object.entries(exports)
    .filter(([path]) => !path.startsWith('./typebox') && path !== './package.json')
    .map(([path, target]) => ({
      specifier: name + path.slice(1),
      source: join(place, target['ackwire-source'] ?? ''),
    }))
})

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'tsconfig.tests.json'), ts.sys.readFile).config,
  ts.sys,
  root,
)
let program: ts.Program | undefined
/** The sources as the compiler sees them, parsed once and by the first test. */
const checked = (): { program: ts.Program; checker: ts.TypeChecker } => {
  program ??= ts.createProgram(
    entries.map(({ source }) => source),
    options,
  )
  return { program, checker: program.getTypeChecker() }
}

const exportsOf = (source: string): ts.Symbol[] => {
  const { program, checker } = checked()
  const file = program.getSourceFile(source)
  const module = file && checker.getSymbolAtLocation(file)
  assert.ok(module, source)
  return checker
    .getExportsOfModule(module)
    .map(symbol => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
}

const isDocumented = (symbol: ts.Symbol): boolean => symbol.getDocumentationComment(checked().checker).length > 0

/** The members that a type or a class of this workspace declares. Those with a `~` are between the packages. */
const membersOf = (symbol: ts.Symbol): ts.Symbol[] =>
  [...(symbol.members?.values() ?? [])].filter(
    ({ name, flags }) =>
      (flags & (ts.SymbolFlags.Property | ts.SymbolFlags.Method | ts.SymbolFlags.Accessor)) !== 0 &&
      !name.startsWith('~'),
  )

for (const { specifier, source } of entries) {
  describe(specifier, it => {
    it(`exports at most ${MOST} names`, { timeoutMs: 120_000 }, () => {
      const names = exportsOf(source).map(({ name }) => name)
      if (!specifier.endsWith('/declarations')) assert.ok(names.length <= MOST, `${names.length}: ${names.join(', ')}`)
    })

    it('has a comment on each name, and on each member of a type', { timeoutMs: 120_000 }, () => {
      const bare: string[] = []
      for (const symbol of exportsOf(source)) {
        const places = membersOf(symbol).filter(member => !isDocumented(member))
        if (!isDocumented(symbol)) bare.push(symbol.name)
        bare.push(...places.map(({ name }) => `${symbol.name}.${name}`))
      }
      assert.equal(bare, [])
    })
  })
}

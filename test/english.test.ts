import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from './harness.js'

const ROOT = resolve(import.meta.dirname, '..')

/** The folders whose sources follow the rule. */
const CHECKED: readonly string[] = [
  ...readdirSync(join(ROOT, 'packages')).flatMap(name => [`packages/${name}/src`, `packages/${name}/test`]),
  'bench',
  'examples',
  'guide/test',
  'scripts',
  'test',
]

/** This file, whose own example breaks the rule. */
const OWN = relative(ROOT, import.meta.filename)
  .split(sep)
  .join('/')

/** Words with which a docstring describes its subject only indirectly. */
const INDIRECT = /^(?:What|Whether|How|Why|When|Where|Who|Which|The same|As|One|Those|That|Until)\b/

/** Returns the docstrings of a source, each on one line. */
const docstringsIn = (source: string): string[] =>
  [...source.matchAll(/\/\*\*(.*?)\*\//gs)].map(([, body = '']) =>
    body
      .replaceAll(/^\s*\* ?/gm, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )

/** Returns the docstrings and messages of a source that break the rule. */
const problemsIn = (source: string): string[] => [
  ...docstringsIn(source).filter(docstring => INDIRECT.test(docstring)),
  ...(source.match(/^.*[,;] came .*$/gm) ?? []).map(line => line.trim()),
]

/** Returns the paths of the sources below a folder. */
const sourcesBelow = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(?:tsx?|mts|mjs)$/.test(entry.name))
    .map(entry => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(path => !/(?:^|\/)(?:node_modules|dist)\//.test(path) && path !== OWN)

describe('the English of the sources', it => {
  it('has docstrings that begin with a verb or a noun, and messages that say what they got', () => {
    const problems = CHECKED.flatMap(sourcesBelow).flatMap(path =>
      problemsIn(readFileSync(join(ROOT, path), 'utf8')).map(problem => `${path}: ${problem}`),
    )
    assert.equal(problems, [])
  })

  it('is checked in places that have sources', () => {
    assert.equal(
      CHECKED.filter(folder => sourcesBelow(folder).length === 0),
      [],
    )
  })

  it('is found to break the rule in docstrings and messages that do', () => {
    const source =
      '/** Whether it is. */\n/**\n * The same\n * again.\n */\n/** Returns it. */\nthrow `expected a, came b`'
    assert.equal(problemsIn(source), ['Whether it is.', 'The same again.', 'throw `expected a, came b`'])
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from './harness.js'

const PACKAGES = resolve(import.meta.dirname, '../packages')

/** The sources that follow the rule: folders and files below `packages`. */
const CHECKED = [
  'core/src/codec',
  'core/src/define',
  'core/src/opentelemetry',
  'core/src/schema',
  ...['description', 'limit', 'names', 'namespace-pattern'].map(name => `core/src/contract/${name}.ts`),
  ...['codes', 'definition-error', 'index', 'printable', 'testing', 'trace-context', 'tracked', 'wire'].map(
    name => `core/src/${name}.ts`,
  ),
]

/** Words with which a docstring describes its subject only indirectly. */
const INDIRECT = /^(?:What|Whether|How|Why|When|The same|As|One more|One less)\b/

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

/** Returns the paths below `packages` of all sources. */
const sources = (): string[] =>
  readdirSync(PACKAGES).flatMap(name =>
    readdirSync(join(PACKAGES, name, 'src'), { recursive: true })
      .map(path => `${name}/src/${String(path)}`)
      .filter(path => /\.tsx?$/.test(path)),
  )

const isBelow = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`)

describe('the English of the sources', it => {
  it('has docstrings that begin with a verb or a noun, and messages that say what they got', () => {
    const checked = sources().filter(path => CHECKED.some(place => isBelow(path, place)))
    const problems = checked.flatMap(path =>
      problemsIn(readFileSync(join(PACKAGES, path), 'utf8')).map(problem => `${path}: ${problem}`),
    )
    assert.equal(problems, [])
  })

  it('is checked only in places that exist', () => {
    const all = sources()
    assert.equal(
      CHECKED.filter(place => !all.some(path => isBelow(path, place))),
      [],
    )
  })

  it('is told from docstrings and messages that break the rule', () => {
    const source =
      '/** Whether it is. */\n/**\n * The same\n * again.\n */\n/** Returns it. */\nthrow `expected a, came b`'
    assert.equal(problemsIn(source), ['Whether it is.', 'The same again.', 'throw `expected a, came b`'])
  })
})

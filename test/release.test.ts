import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { members } from '../scripts/workspace.mjs'
import { describe, type TestContext } from './harness.js'

const root = resolve(import.meta.dirname, '..')
const changelog = [
  '# Changelog',
  '',
  '## [Unreleased]',
  '',
  '### Fixed',
  '',
  '- A leak.',
  '',
  '## [0.1.0] - 2026-01-02',
  '',
]

/** Copies the workspace's manifests and the release script to a new folder, with the given changelog. */
function copy({ defer }: Pick<TestContext, 'defer'>, lines: readonly string[] = changelog): string {
  const folder = mkdtempSync(join(tmpdir(), 'ackwire-release-'))
  defer(() => rmSync(folder, { recursive: true }))
  const manifests = ['.', ...members].map(member => join(member, 'package.json'))
  for (const file of [...manifests, 'pnpm-workspace.yaml', 'scripts/release.mjs', 'scripts/workspace.mjs'])
    cpSync(join(root, file), join(folder, file))
  writeFileSync(join(folder, 'CHANGELOG.md'), lines.join('\n'))
  return folder
}

/** Returns every file of the copy by its path. */
const filesIn = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter(name => ['package.json', 'CHANGELOG.md'].includes(basename(name)))
      .sort()
      .map(name => [name, readFileSync(join(folder, name), 'utf8')]),
  )

function run(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/release.mjs', ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('a release', it => {
  const current = (JSON.parse(readFileSync(join(root, 'packages/core/package.json'), 'utf8')) as { version: string })
    .version

  it('sets one version in each manifest, and in each range of our packages', ({ defer }) => {
    const folder = copy({ defer })
    const before = filesIn(folder)
    assert.equal(run(folder, '7.8.9').stderr, '')
    let versions = 0
    for (const [name, text] of filesIn(folder)) {
      if (name === 'CHANGELOG.md') continue
      // Matches our own version entries, and nothing else.
      const ours = /^ {2}"version": ".*"|(?<=^ {4}"@ackwire\/\w+": ")\^[\d.]+(?=")/gm
      const expected = before
        .get(name)
        ?.replaceAll(ours, old => (old.startsWith('^') ? '^7.8.9' : '  "version": "7.8.9"'))
      assert.is(text, expected, name)
      versions += [...text.matchAll(ours)].length
    }
    assert.ok(versions > 20, `${versions} versions`)
  })

  it('dates the release in the changelog, below an empty heading for the next one', ({ defer }) => {
    const folder = copy({ defer })
    const today = () => new Date().toISOString().slice(0, 10)
    const days = [today()]
    run(folder, '7.8.9')
    days.push(today())
    const after = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')
    const [, date = ''] = /^## \[7\.8\.9\] - (.*)$/m.exec(after) ?? []
    assert.ok(days.includes(date), after)
    const expected = changelog.flatMap(line =>
      line === '## [Unreleased]' ? [line, '', `## [7.8.9] - ${date}`] : [line],
    )
    assert.is(after, expected.join('\n'))
  })

  it('has the version of the manifests when it is the first', ({ defer }) => {
    const unreleased = changelog.filter(line => !line.startsWith('## [0.1.0]'))
    const folder = copy({ defer }, unreleased)
    assert.is(run(folder, current).stderr, '')
    assert.equal(run(folder, '--check', `v${current}`), { status: 0, stdout: `This is ${current}.\n`, stderr: '' })
  })

  it('is dated in the changelog of this repository, which has a heading for no other', () => {
    const [first, ...released] = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').match(/^## .*$/gm) ?? []
    assert.is(first, '## [Unreleased]')
    for (const heading of released) assert.match(heading, /^## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/)
  })

  it('prints the next steps', ({ defer }) => {
    const { stdout } = run(copy({ defer }), '7.8.9')
    assert.match(
      stdout,
      /pnpm@[\d.]+ install --lockfile-only\n.*npm test\n.*git commit .*\n.*git tag v7\.8\.9\n.*git push .* v7\.8\.9\n/,
    )
  })

  it('is recognized by its tag and its changelog entry', ({ defer }) => {
    const folder = copy({ defer })
    assert.match(run(folder, '--check', 'v7.8.9').stderr, /Not 7\.8\.9.*\n.*packages\/cli\/package\.json/)
    run(folder, '7.8.9')
    assert.equal(run(folder, '--check', 'v7.8.9'), { status: 0, stdout: 'This is 7.8.9.\n', stderr: '' })
    writeFileSync(join(folder, 'CHANGELOG.md'), changelog.join('\n'))
    assert.match(run(folder, '--check', 'v7.8.9').stderr, /no heading ## \[7\.8\.9\] with a date/)
  })

  const empty = changelog.filter(line => !line.startsWith('- '))
  const known = [...changelog, '## [7.8.9] - unreleased', '']
  for (const [what, args, message, lines] of [
    ['no version', [], /Expected a version such as 0\.2\.0, got ''/, changelog],
    ['an invalid version', ['1.2'], /Expected a version such as 0\.2\.0, got '1\.2'/, changelog],
    ['the current version', [current], /Expected a version after/, changelog],
    ['an earlier version', ['0.0.9'], /Expected a version after/, changelog],
    ['a version that is in the changelog', ['7.8.9'], /has a heading for 7\.8\.9 already/, known],
    ['a release without changes', ['7.8.9'], /says nothing below ## \[Unreleased\]/, empty],
  ] as const) {
    it(`refuses ${what} and changes no file`, ({ defer }) => {
      const folder = copy({ defer }, lines)
      const before = filesIn(folder)
      const { status, stderr } = run(folder, ...args)
      assert.is(status, 1)
      assert.match(stderr, message)
      assert.equal(filesIn(folder), before)
    })
  }
})

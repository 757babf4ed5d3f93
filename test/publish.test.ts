import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { members, published } from '../scripts/workspace.mjs'
import { describe, type TestContext } from './harness.js'
import { releaseJobs } from './workflows.js'

const root = resolve(import.meta.dirname, '..')
const url = 'git+https://example.org/owner/name.git'

/** Packs the workspace's packages, reduced to their manifests, as the workflow does. */
function pack({ defer }: Pick<TestContext, 'defer'>): { readonly copy: string; readonly sums: string } {
  const copy = mkdtempSync(join(tmpdir(), 'ackwire-workflow-'))
  defer(() => rmSync(copy, { recursive: true }))
  const manifests = ['.', ...members].map(member => join(member, 'package.json'))
  const scripts = ['pack', 'release-tarballs', 'workspace'].map(name => `scripts/${name}.mjs`)
  for (const file of [...manifests, ...scripts, 'pnpm-workspace.yaml']) cpSync(join(root, file), join(copy, file))
  const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/release-tarballs.mjs', 'tarballs', url], {
    cwd: copy,
    encoding: 'utf8',
  })
  assert.is(status, 0, stderr)
  return { copy, sums: stdout.trim() }
}

const manifestOf = (member: string) =>
  JSON.parse(readFileSync(join(root, member, 'package.json'), 'utf8')) as { name: string; version: string }
const tag = `v${manifestOf('packages/core').version}`

/** Runs the last step of the job with a stand-in for npm that records its arguments. */
function publishStep(
  copy: string,
  { sums, ref = tag, taken = 'none' }: { sums: string; ref?: string; taken?: string },
): { readonly status: number | null; readonly printed: string; readonly calls: readonly string[] } {
  const bin = join(copy, 'bin')
  mkdirSync(bin, { recursive: true })
  const npm = `#!/bin/sh\necho "$*" >> "${copy}/calls"\ncat > /dev/null\n[ "$1 $2" != "view ${taken}" ] || echo taken\n`
  writeFileSync(join(bin, 'npm'), npm)
  chmodSync(join(bin, 'npm'), 0o755)
  writeFileSync(join(copy, 'calls'), '')
  const { run = '' } = releaseJobs.get('publish')?.steps.at(-1) ?? {}
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', run], {
    cwd: copy,
    encoding: 'utf8',
    input: '',
    env: { ...process.env, PATH: `${bin}:${process.env['PATH']}`, SUMS: sums, GITHUB_REF_NAME: ref },
  })
  const calls = readFileSync(join(copy, 'calls'), 'utf8').trim()
  return { status, printed: stdout + stderr, calls: calls === '' ? [] : calls.split('\n') }
}

const publishing = (file: string): string => `publish ./${file} --ignore-scripts --provenance --access public`

describe('the publish step', it => {
  it('publishes a tarball of each package after its dependencies, with its repository', ({ defer }) => {
    const { copy, sums } = pack({ defer })
    const files = sums.split('\n').map(line => line.split('  ')[1] ?? '')
    const names = published.map(member => manifestOf(member).name)
    assert.equal(
      files,
      names.map(name => `${name.replace('@', '').replace('/', '-')}-${tag.slice(1)}.tgz`),
    )
    for (const name of ['@ackwire/client', '@ackwire/docs', 'ackwire']) assert.ok(names.includes(name), name)
    assert.is(names[0], '@ackwire/core')
    for (const [at, file] of files.entries()) {
      const tar = ['-xOzf', join(copy, 'tarballs', file), 'package/package.json']
      const manifest = JSON.parse(spawnSync('tar', tar, { encoding: 'utf8' }).stdout) as Record<string, unknown>
      assert.equal(manifest['repository'], { type: 'git', url, directory: published[at] })
    }
    for (const member of published)
      assert.is(
        readFileSync(join(copy, member, 'package.json'), 'utf8'),
        readFileSync(join(root, member, 'package.json'), 'utf8'),
      )

    const { status, calls } = publishStep(copy, { sums })
    assert.is(status, 0)
    assert.equal(
      calls,
      files.flatMap((file, at) => [`view ${names[at]}@${tag.slice(1)} version`, publishing(file)]),
    )
  })

  it('skips packages that an earlier run has published', ({ defer }) => {
    const { copy, sums } = pack({ defer })
    const { status, calls } = publishStep(copy, { sums, taken: `@ackwire/core@${tag.slice(1)}` })
    assert.is(status, 0)
    const [, ...others] = sums.split('\n').map(line => line.split('  ')[1] ?? '')
    assert.equal(
      calls.filter(call => call.startsWith('publish')),
      others.map(publishing),
    )
  })

  for (const [what, message, change] of [
    ['a tarball with other bytes', /core.*FAILED/, ({ file }) => writeFileSync(file, 'others')],
    ['a missing tarball', /core.*FAILED/, ({ file }) => rmSync(file)],
    ['a version other than the tag', /::error::.*is @ackwire\/core .*the tag is v7\.8\.9/, () => ({ ref: 'v7.8.9' })],
    ['a tarball without its checksum', /no properly formatted/, () => ({ sums: '' })],
    [
      'another package',
      /::error::.*is other /,
      ({ copy, file }) => ({ sums: other(copy, file, '{"name":"other","version":"1.0.0"}') }),
    ],
    [
      'a tarball without a package',
      /Not found in archive/,
      ({ copy, file }) => ({ sums: other(copy, file, undefined) }),
    ],
  ] satisfies [string, RegExp, (made: { copy: string; file: string }) => object | void][]) {
    it(`publishes nothing if there is ${what}`, ({ defer }) => {
      const { copy, sums } = pack({ defer })
      const changed = change({ copy, file: join(copy, `tarballs/ackwire-core-${tag.slice(1)}.tgz`) })
      const { status, printed, calls } = publishStep(copy, Object.assign({ sums }, changed))
      assert.is(status, 1, printed)
      assert.match(printed, message)
      assert.equal(calls, [])
    })
  }
})

/** Replaces the package in a tarball by another one or none, and returns the matching checksums. */
function other(copy: string, file: string, manifest: string | undefined): string {
  const contents = join(copy, 'package')
  mkdirSync(contents)
  writeFileSync(join(contents, manifest === undefined ? 'README.md' : 'package.json'), manifest ?? '')
  spawnSync('tar', ['-czf', file, '-C', copy, 'package'])
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex')
  return `${hash}  ${basename(file)}`
}

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { parseAllDocuments } from 'yaml'
import { allTests } from '../scripts/test/files.mjs'
import { testsOf } from '../scripts/test/sets.mjs'
import { root } from '../scripts/workspace.mjs'
import { describe } from './harness.js'
import { type Job, releaseJobs, workflows } from './workflows.js'

describe('the workflows', it => {
  it('name each action by its commit, one commit for each version, with the version beside it', () => {
    const named = workflows.flatMap(({ text }) => text.match(/\buses:.*/g) ?? [])
    assert.is(named.length, workflows.flatMap(({ steps }) => steps).filter(({ uses }) => uses).length)
    const commits = new Map<string, string>()
    for (const use of named) {
      const [, action = '', commit = ''] = /^uses: (actions\/[\w-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+$/.exec(use) ?? []
      assert.is.not(commit, '', use)
      assert.is(commits.get(action) ?? commit, commit, action)
      commits.set(action, commit)
    }
  })

  it('can only read the repository, and leave no credentials or cache behind', () => {
    for (const { name, permissions, steps } of workflows) {
      assert.equal(permissions, { contents: 'read' }, name)
      for (const { uses = '', with: options = {} } of steps) {
        if (uses.startsWith('actions/checkout@')) assert.is(options['persist-credentials'], false, name)
        if (uses.startsWith('actions/setup-node@')) assert.is(options['package-manager-cache'], false, name)
      }
    }
  })

  it('interpolate no event data and no secret into a command', () => {
    for (const { name, steps } of workflows) for (const { run = '' } of steps) assert.not.match(run, /\$\{\{/, name)
    for (const { name, text } of workflows) assert.not.match(text, /secrets\.|pull_request_target|workflow_run/, name)
  })
})

describe('the checks', it => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const jobs = new Map(Object.entries(workflows.find(({ name }) => name === 'ci.yml')?.jobs ?? {}))
  const commandsOf = (job: Job | undefined): string[] => (job?.steps ?? []).flatMap(({ run }) => run?.split('\n') ?? [])

  it('have commands that are there', () => {
    for (const { name, steps } of workflows) {
      for (const { run = '' } of steps) {
        for (const [, script = ''] of run.matchAll(/\bnpm run (\S+)/g))
          assert.ok(script in scripts, `${name}: ${script}`)
        for (const [, file = ''] of run.matchAll(/(?:^|\bnode )(scripts\/\S+|\.ci\/\S+)/gm))
          assert.ok(existsSync(join(root, file)), `${name}: ${file}`)
      }
    }
    for (const command of Object.values(scripts))
      for (const [file] of command.matchAll(/\b(scripts|examples|guide|packages)\/\S+/g))
        assert.ok(existsSync(join(root, file)), file)
  })

  it('are run on each Node that is maintained, and on Windows and macOS', () => {
    assert.equal([...jobs.keys()], ['check', 'unit', 'services', 'release', 'platforms'])
    assert.equal(jobs.get('unit')?.strategy?.matrix, { node: [20, 22, 24, 26] })
    assert.equal(jobs.get('platforms')?.strategy?.matrix, { os: ['windows-latest', 'macos-latest'] })
    assert.is(jobs.get('platforms')?.['runs-on'], '${{ matrix.os }}')
    for (const job of jobs.values()) assert.ok((job['timeout-minutes'] ?? 0) > 0)
  })

  it('run each test file in some job, and the services in one that has them', async () => {
    const inJob = new Map<string, readonly string[]>()
    for (const [name, job] of jobs) {
      const sets = commandsOf(job).flatMap(run => {
        const script = /^npm run (\S+)$/.exec(run)?.[1]
        return [...(scripts[script ?? ''] ?? run).matchAll(/--set (\w+)/g)].map(([, set = '']) => set)
      })
      inJob.set(name, (await Promise.all(sets.map(testsOf))).flat())
    }
    assert.equal([...new Set([...inJob.values()].flat())].toSorted(), allTests().toSorted())
    assert.equal(inJob.get('services'), await testsOf('services'))
    assert.ok(commandsOf(jobs.get('services')).includes('.ci/run --parts'))
    const services = await testsOf('services')
    assert.not(
      inJob.get('platforms')?.some(file => services.includes(file)),
      'the platforms lack what a service needs',
    )
  })

  it('are those of one command here, which adds up what each says', () => {
    const script = readFileSync(join(root, '.ci/run'), 'utf8')
    const [, commands] = /^for command in (.*); do\n +npm run "\$command"/m.exec(script) ?? []
    assert.equal(commands?.split(' '), ['test', 'test:release'])
    assert.match(scripts['test'] ?? '', /scripts\/test\.mjs --check$/)
    assert.match(scripts['test:release'] ?? '', /scripts\/test\.mjs --set release --check$/)
    assert.equal(commandsOf(releaseJobs.get('test')), ['.ci/run'])
    const sum = script.slice(script.indexOf('tail -qn 1'), script.indexOf('exit "$failed"'))
    const printed = mkdtempSync(join(tmpdir(), 'ackwire-sum-'))
    const added = (...lines: readonly string[]): string => {
      for (const [at, line] of lines.entries()) writeFileSync(join(printed, String(at)), `ok\n${line}\n`)
      return spawnSync('bash', ['-c', sum], { encoding: 'utf8', env: { ...process.env, printed } }).stdout
    }
    try {
      assert.is(added('12 passed, 1 failed', '30 passed, 0 failed, 2 skipped'), '42 passed, 1 failed\n')
      assert.is(added('12 passed, 0 failed', 'npm error: it has broken'), '12 passed, 1 failed\n')
    } finally {
      rmSync(printed, { recursive: true })
    }
  })
})

describe('the lockfile', it => {
  it('is a single document, since GitHub finds no dependencies, and so no advisories, in two', () => {
    assert.equal(parseAllDocuments(readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')).length, 1)
  })
})

describe('the job with the token', it => {
  const publish = releaseJobs.get('publish')

  it('is the only one, and comes after the tests and the packing', () => {
    assert.equal(publish?.permissions, { 'id-token': 'write' })
    assert.equal(publish?.needs, ['test', 'pack'])
    assert.equal([...releaseJobs.keys()], ['test', 'pack', 'publish'])
    assert.is(releaseJobs.get('pack')?.needs, 'test')
    for (const { name, jobs } of workflows)
      for (const job of Object.values(jobs)) if (job !== publish) assert.is(job.permissions, undefined, name)
  })

  it('checks out, installs and builds nothing: it sets up Node, downloads the tarballs and publishes', () => {
    const steps = publish?.steps ?? []
    assert.equal(
      steps.map(({ uses, run }) => uses?.split('@')[0] ?? typeof run),
      ['actions/setup-node', 'actions/download-artifact', 'string'],
    )
    assert.equal(steps[0]?.with, { 'node-version': 24, 'package-manager-cache': false })
    assert.equal(steps[1]?.with, { name: 'tarballs', path: 'tarballs' })
    // The checksums come through another channel than the files.
    assert.equal(steps[2]?.env, { SUMS: '${{ needs.pack.outputs.sums }}' })
    assert.equal(releaseJobs.get('pack')?.outputs, { sums: '${{ steps.pack.outputs.sums }}' })
    const run = (steps[2]?.run ?? '').replaceAll(/^ *#.*$/gm, '')
    assert.equal(
      [...run.matchAll(/\bnpm ([\w-]+)/g)].map(([, command]) => command),
      ['view', 'publish'],
    )
    assert.not.match(run, /\b(npx|pnpm|yarn|ci|install|exec|run)\b|\.mjs|curl|eval/)
    assert.equal(
      [...run.matchAll(/\bnode (\S+)/g)].map(([, argument]) => argument),
      ['-p'],
    )
  })
})

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { parseAllDocuments } from 'yaml'
import { describe } from './harness.js'
import { releaseJobs, workflows } from './workflows.js'

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

describe('the lockfile', it => {
  it('is a single document, since GitHub finds no dependencies, and so no advisories, in two', () => {
    assert.equal(parseAllDocuments(readFileSync(resolve(import.meta.dirname, '../pnpm-lock.yaml'), 'utf8')).length, 1)
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

// Makes the working tree a release: `node scripts/release.mjs 0.2.0` sets the version of all packages, which is one, and dated the
// changelog. `--check v0.2.0` changes nothing, and fails where the tree is not that release: what the workflow asks before it publishes.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { members, published, root } from './workspace.mjs'

/** @typedef {{ name: string, version?: string } & { [Kind in (typeof KINDS)[number]]?: Record<string, string> }} Manifest */

const KINDS = /** @type {const} */ (['dependencies', 'devDependencies', 'peerDependencies'])

const changelog = join(root, 'CHANGELOG.md')

/** @param {string} message @returns {never} */
function stop(message) {
  console.error(message)
  process.exit(1)
}

/** @param {string} file @returns {Manifest} */
const read = file => JSON.parse(readFileSync(file, 'utf8'))

const manifests = members.map(folder => join(root, folder, 'package.json'))
const publishedManifests = published.map(folder => join(root, folder, 'package.json'))
const own = new Set(publishedManifests.map(file => read(file).name))

/** A manifest with its own version, and the ranges of our packages, set. @param {Manifest} manifest @param {string} version */
function versioned(manifest, version) {
  const next = { ...manifest, version }
  for (const kind of KINDS) {
    const ranges = manifest[kind]
    if (ranges === undefined) continue
    next[kind] = Object.fromEntries(
      Object.entries(ranges).map(([name, range]) => [name, own.has(name) ? `^${version}` : range]),
    )
  }
  return next
}

/** @param {string} version */
const numbers = version => version.split('.').map(Number)

/** Tells whether a version follows another. @param {string} version @param {string} other */
function isAfter(version, other) {
  const [mine, theirs] = [numbers(version), numbers(other)]
  const at = mine.findIndex((part, index) => part !== theirs[index])
  return at !== -1 && (mine[at] ?? 0) > (theirs[at] ?? 0)
}

/** The text below a heading of the changelog, up to the next. @param {string} text @param {string} heading */
function below(text, heading) {
  const at = text.indexOf(`\n## ${heading}`)
  if (at === -1) return undefined
  const [, ...lines] = text.slice(at + 1).split('\n')
  const end = lines.findIndex(line => line.startsWith('## '))
  return lines.slice(0, end === -1 ? undefined : end).join('\n')
}

/** @param {string} version */
function release(version) {
  const text = readFileSync(changelog, 'utf8')
  const current = publishedManifests.map(file => read(file).version ?? '0.0.0')
  // The first release has the version that the manifests have already.
  const isReleased = (/** @type {string} */ other) => below(text, `[${other}]`) !== undefined
  const newer = current.find(other => !isAfter(version, other) && (other !== version || isReleased(other)))
  if (newer !== undefined) stop(`Expected a version after ${newer}, which a package has already; got ${version}.`)
  if (below(text, `[${version}]`) !== undefined) stop(`CHANGELOG.md has a heading for ${version} already.`)
  if (!below(text, '[Unreleased]')?.includes('\n- ')) {
    stop('CHANGELOG.md says nothing below ## [Unreleased]: write there first what the release changes for its users.')
  }

  const today = new Date().toISOString().slice(0, 10)
  for (const file of manifests) writeFileSync(file, `${JSON.stringify(versioned(read(file), version), null, 2)}\n`)
  writeFileSync(changelog, text.replace('## [Unreleased]\n', `## [Unreleased]\n\n## [${version}] - ${today}\n`))

  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  console.log(`The ${manifests.length} manifests and CHANGELOG.md are those of ${version}. Read the diff, and then:

  npm exec --yes -- ${packageManager} install --lockfile-only
  npm test
  git commit --all --message 'chore: release ${version}'
  git tag v${version}
  git push origin HEAD v${version}

The tag makes .github/workflows/release.yml test once more, pack and publish.`)
}

/** @param {string} version */
function check(version) {
  const wrong = manifests.filter(file => {
    const manifest = read(file)
    return JSON.stringify(versioned(manifest, version)) !== JSON.stringify(manifest)
  })
  if (wrong.length > 0) stop(`Not ${version}, in its version or the ranges of our packages:\n${wrong.join('\n')}`)
  const dated = readFileSync(changelog, 'utf8').split(`\n## [${version}] - `)[1]
  if (dated === undefined || !/^\d{4}-\d\d-\d\d\n/.test(dated)) {
    stop(`CHANGELOG.md has no heading ## [${version}] with a date.`)
  }
  console.log(`This is ${version}.`)
}

const [first = '', second = ''] = process.argv.slice(2)
const [version, act] = first === '--check' ? [second.replace(/^v/, ''), check] : [first, release]
if (!/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(version)) {
  stop(
    `Expected a version such as 0.2.0, got '${version}'.\n\n  node scripts/release.mjs VERSION\n  node scripts/release.mjs --check vVERSION`,
  )
}
act(version)

// A copy of the workspace, in which a source can be changed without anyone seeing it.
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { members, root } from '../workspace.mjs'

/** Copies what git tracks or would track, as it is on the disk, and returns the folder. It is removed when this process ends. */
export function copyWorkspace() {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'ackwire-mutants-')))
  process.on('exit', () => rmSync(copy, { recursive: true, force: true }))
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (listed.status !== 0) throw new Error(`git ls-files failed: ${listed.error?.message ?? listed.stderr}`)
  for (const file of new Set(listed.stdout.split('\0')))
    if (file !== '' && existsSync(join(root, file))) {
      mkdirSync(dirname(join(copy, file)), { recursive: true })
      copyFileSync(join(root, file), join(copy, file))
    }

  // Of the root's modules each is a link; their cache isn't taken over, since mutants would fill it.
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '.cache') symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name), 'junction')
  // A member's links are relative, so that its own packages are those of the copy.
  for (const member of members)
    cpSync(join(root, member, 'node_modules'), join(copy, member, 'node_modules'), {
      recursive: true,
      verbatimSymlinks: true,
    })
  return copy
}

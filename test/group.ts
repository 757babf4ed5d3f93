// Runs test files one after the other in this process: `group.ts FILE…`, as scripts/test.mjs starts it.
import { ChildProcess } from 'node:child_process'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { report, runShared } from './harness.js'

// A test that starts processes has one of its own, which is killed with all that it started. esbuild's ends with ours, and test/browser.ts
// closes its browser.
const { spawn } = ChildProcess.prototype as { spawn?: (this: ChildProcess, options: { file: string }) => unknown }
Object.assign(ChildProcess.prototype, {
  spawn(this: ChildProcess, options: { file: string }) {
    if (!/^(esbuild(\.exe)?|chromium(-browser)?|google-chrome)$/.test(basename(options.file)))
      throw new Error(`${options.file} was started in a process that test files share: see scripts/test/groups.mjs`)
    return spawn?.call(this, options)
  },
})

let isGood = true
for (const file of process.argv.slice(2)) {
  report({ type: 'file', file })
  // The runner finds by these lines which output is whose.
  for (const stream of [process.stdout, process.stderr]) stream.write(`\n\0file ${file}\n`)
  const passed = await runShared(() => import(pathToFileURL(resolve(file)).href))
  isGood &&= passed
}
process.exitCode = isGood ? 0 : 1

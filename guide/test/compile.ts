import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'

const root = resolve(import.meta.dirname, '../..')

/** Compiles all files of a folder with the tests' strict options, except that unused names are allowed. */
export async function compile(folder: string): Promise<void> {
  const compilerOptions = {
    noUnusedLocals: false,
    noUnusedParameters: false,
    moduleDetection: 'force',
    jsx: 'react-jsx',
    skipLibCheck: true,
  }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.tests.json'),
      compilerOptions,
      include: ['**/*.ts', '**/*.tsx', '**/*.js', join(root, 'packages/*/src/**/*.d.mts')],
      references: [],
    }),
  )
  const tsc = spawn(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.', '--pretty', 'false'], {
    cwd: folder,
  })
  let printed = ''
  for (const stream of [tsc.stdout, tsc.stderr]) stream.on('data', chunk => (printed += chunk))
  const code = await new Promise(done => tsc.on('close', done))
  assert.is(code, 0, printed)
}

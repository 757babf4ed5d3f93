import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { conditions } from '../conditions.js'
import type { Program } from './program.js'

/** A TypeScript of the workspace: the package's name. */
export type Compiler = 'typescript-5' | 'typescript'

/** What a compiler says of a program. All but the instantiations depend on the machine. */
export interface Diagnostics {
  /** Whether the compiler gave up on its types: the program is refused then, although it has no mistake. */
  readonly isTooComplex: boolean
  readonly instantiations: number
  readonly checkSeconds: number
  readonly memoryMb: number
}

const root = resolve(import.meta.dirname, '../..')

/** Writes a program to a folder of its own, in which it finds this workspace's packages. */
export const write = (program: Program): string => {
  const folder = mkdtempSync(join(tmpdir(), 'ackwire-program-'))
  symlinkSync(join(root, 'bench/node_modules'), join(folder, 'node_modules'))
  const typeRoots = [join(root, 'node_modules/@types')]
  // A generated client has a namespace.
  const compilerOptions = {
    customConditions: conditions,
    typeRoots,
    allowJs: false,
    checkJs: false,
    erasableSyntaxOnly: false,
  }
  const config = { extends: join(root, 'tsconfig.tests.json'), compilerOptions, include: ['*.ts'], references: [] }
  const files = { 'package.json': '{ "type": "module" }', 'tsconfig.json': JSON.stringify(config), ...program }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

/** What the compiler says of types that it gives up on. */
const TOO_COMPLEX = 'TS2859'

/** Compiles a program. @throws Error with all that the compiler prints if it has a mistake. */
export const compile = async (compiler: Compiler, program: Program): Promise<Diagnostics> => {
  const folder = write(program)
  try {
    const tsc = join(root, 'node_modules', compiler, 'bin/tsc')
    // TypeScript 7 counts an instantiation once for each thread.
    const threads = compiler === 'typescript' ? ['--singleThreaded'] : []
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--max-old-space-size=4096', tsc, '-p', folder, '--extendedDiagnostics', ...threads],
      { maxBuffer: 1e8 },
    ).catch(({ stdout }: { stdout: string }) => {
      const errors = stdout.match(/error TS\d+/g) ?? []
      if (errors.length === 0 || errors.some(error => error !== `error ${TOO_COMPLEX}`))
        throw new Error(`${compiler} refuses the program:\n${stdout}`)
      return { stdout }
    })
    const numberOf = (label: string): number => Number(new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(stdout)?.[1])
    return {
      isTooComplex: stdout.includes(TOO_COMPLEX),
      instantiations: numberOf('Instantiations'),
      checkSeconds: numberOf('Check time'),
      memoryMb: numberOf('Memory used') / 1_000,
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

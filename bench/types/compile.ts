import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { conditions } from '../conditions.js'
import type { Program } from './program.js'

/** A TypeScript compiler of the workspace, by its package name. */
export type Compiler = 'typescript-5' | 'typescript'

/** The compiler's diagnostics for a program. All but the instantiations depend on the machine. */
export interface Diagnostics {
  /** True if the compiler gave up on the types and so refused the program, although it has no mistake. */
  readonly isTooComplex: boolean
  readonly instantiations: number
  readonly checkSeconds: number
  readonly memoryMb: number
}

const root = resolve(import.meta.dirname, '../..')

/** Writes a program to a new folder that resolves this workspace's packages. */
export const write = (program: Program): string => {
  const folder = mkdtempSync(join(tmpdir(), 'ackwire-program-'))
  symlinkSync(join(root, 'bench/node_modules'), join(folder, 'node_modules'))
  const typeRoots = [join(root, 'node_modules/@types')]
  // zod-sockets generates a client with a namespace.
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

/** The error code of types that are too complex for the compiler. */
const TOO_COMPLEX = 'TS2859'

/** Compiles a program. @throws Error with the compiler's output if the program has a mistake. */
export const compile = async (compiler: Compiler, program: Program): Promise<Diagnostics> => {
  const folder = write(program)
  try {
    const tsc = join(root, 'node_modules', compiler, 'bin/tsc')
    // Without this flag TypeScript 7 counts an instantiation once per thread.
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

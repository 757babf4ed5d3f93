import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { pack } from '../../../scripts/pack.mjs'
import { shared } from '../../../test/harness.js'

const root = resolve(import.meta.dirname, '../../..')
const execute = promisify(execFile)

/** Tools that people build with, as npm installs them. */
const TOOLS = {
  '@nestjs/common': '11.2.10',
  '@nestjs/core': '11.2.10',
  jest: '30.5.2',
  next: '16.4.6',
  'react-dom': '19.3.1',
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
  'ts-jest': '29.4.15',
  typescript: '5.9.3',
  vite: '8.4.0',
  // The last major version that runs on Node 20.
  vitest: '4.1.12',
  webpack: '5.113.0',
}

/** Tools that the workspace has, in its version. */
const OWN = ['@sinclair/typebox', '@types/node', '@types/react', 'esbuild', 'react', 'socket.io', 'socket.io-client']

const versions = (): Readonly<Record<string, string>> =>
  Object.assign(
    {},
    ...['.', 'packages/core', 'packages/client'].map(folder => {
      const text = readFileSync(join(root, folder, 'package.json'), 'utf8')
      return (JSON.parse(text) as { readonly devDependencies: object }).devDependencies
    }),
  ) as Readonly<Record<string, string>>

/** Runs a program in a folder, and resolves to all that it prints. @throws With what it printed, if it fails. */
export async function run(folder: string, program: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, CI: 'true', NEXT_TELEMETRY_DISABLED: '1', NODE_OPTIONS: '' }
  try {
    const { stdout, stderr } = await execute(program, args, { cwd: folder, env, maxBuffer: 1e8 })
    return stdout + stderr
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string }
    throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error })
  }
}

/** Runs a script of an installed tool. */
export const runTool = (folder: string, script: string, ...args: readonly string[]): Promise<string> =>
  run(folder, process.execPath, join(folder, '../node_modules', script), ...args)

/** The folder in which the packages, as they are published, and all tools are installed once. */
export const installed = shared({
  open: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ackwire-builds-'))
    await run(root, process.execPath, 'scripts/built.mjs')
    const packed = (await pack(folder)).map(({ name, tarball }) => [name, `file:${tarball}`])
    const known = versions()
    const dependencies = {
      ...Object.fromEntries([...packed, ...OWN.map(name => [name, known[name]])]),
      ...TOOLS,
      'typescript-6': known['typescript-6'],
      'typescript-7': `npm:typescript@${known['typescript']}`,
    }
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'builds', private: true, dependencies }))
    await run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--loglevel=error')
    return folder
  },
  isUsable: () => true,
  close: folder => rmSync(folder, { recursive: true, force: true }),
})

/** The options of a strict project, and further ones. */
export const strict = (options: object): object => ({
  compilerOptions: {
    strict: true,
    skipLibCheck: false,
    declaration: true,
    target: 'ES2022',
    jsx: 'react-jsx',
    types: ['node'],
    rootDir: 'src',
    outDir: 'out',
    ...options,
  },
  include: ['src'],
})

/** The compiler's oldest way to find a module. */
export const NODE10 = { module: 'commonjs', moduleResolution: 'node10' }

/** A project as a tool expects it. */
export interface Project {
  readonly name: string
  /** The manifest's, without which a file is CommonJS. */
  readonly type?: 'module'
  /** Further files, or objects that are written as JSON. */
  readonly files: Readonly<Record<string, string | object>>
}

/** Writes the application's sources, without the extensions of imports where a project's are CommonJS, and other files. */
export async function project({ name, type, files }: Project): Promise<string> {
  const folder = join(await installed(), name)
  mkdirSync(join(folder, 'src'), { recursive: true })
  const manifest = { name, private: true, ...(type && { type }) }
  const sources = ['contract.ts', 'app.ts', 'room.tsx'].map(file => {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8')
    return [`src/${file}`, type ? text : text.replaceAll(/(from '\.\/\w+)\.js'/g, "$1'")] as const
  })
  const all = { 'package.json': manifest, ...Object.fromEntries(sources), ...files }
  for (const [file, contents] of Object.entries<string | object>(all)) {
    const path = join(folder, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof contents === 'string' ? contents : JSON.stringify(contents))
  }
  return folder
}

import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

/** A step of a job. */
export interface Step {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}

/** A job of a workflow. */
export interface Job {
  readonly 'runs-on'?: string
  readonly 'timeout-minutes'?: number
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly (string | number)[]>> }
  readonly needs?: string | readonly string[]
  readonly permissions?: Readonly<Record<string, string>>
  readonly outputs?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const folder = resolve(import.meta.dirname, '../.github/workflows')

/** The repository's workflows, with their source. */
export const workflows = readdirSync(folder).map(name => {
  const text = readFileSync(join(folder, name), 'utf8')
  const { permissions, jobs } = parse(text) as Workflow
  return { name, text, permissions, jobs, steps: Object.values(jobs).flatMap(({ steps }) => steps) }
})

/** The jobs of a release by name. */
export const releaseJobs = new Map<string, Job>(
  Object.entries(workflows.find(({ name }) => name === 'release.yml')?.jobs ?? {}),
)

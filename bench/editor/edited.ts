import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import { write } from '../types/compile.js'
import { idOf, type Contender } from '../types/program.js'
import { positionOf, type LanguageService } from './service.js'

/** The requests that an editor sends right after an edit. */
export const QUESTIONS = ['complete', 'hover', 'define'] as const

export type Question = (typeof QUESTIONS)[number]

/** A program that is open in an editor, and whose contract is edited repeatedly. */
export interface Edited {
  /**
   * Renames a property of an event's input, sends the request, and resolves to its duration in milliseconds. @throws Error if the
   * answer is wrong.
   */
  ask(question: Question): Promise<number>
  /** The place that the editor gives as the event's definition. */
  readonly definition: string
  close(): void
}

/** Opens a program with the given number of events. */
export const edit = async (
  start: (folder: string) => LanguageService | Promise<LanguageService>,
  { program, call, place }: Contender,
  events: number,
): Promise<Edited> => {
  const id = idOf(events / 2)
  const [before, after] = call
  const written = program(events)
  // Ends with an unfinished call, where completion is asked for.
  const files: Record<string, string> = { ...written, 'client.ts': `${written['client.ts']}\n${before}\n` }
  const folder = write(files)
  const service = await start(folder)
  const client = files['client.ts'] ?? ''
  const called = positionOf(client, `${before}event${id}${after}`, place)
  const typed = positionOf(client, `\n${before}\n`, 1 + before.length)
  const edited = ['client.ts', ...Object.keys(files).filter(file => files[file]?.includes(`zip${id}`))]
  for (const file of edited) await service.open(file, files[file] ?? '')

  let property = `zip${id}`
  let definition = ''
  const rename = (name: string): void => {
    for (const file of edited.slice(1)) {
      const text = files[file] ?? ''
      service.edit(file, { at: positionOf(text, property), length: property.length, text: name })
      files[file] = text.replace(property, name)
    }
    property = name
  }
  const questions = {
    async complete() {
      const names = new Set(await service.complete('client.ts', typed))
      for (let index = 0; index < events; index++)
        if (!names.has(`event${idOf(index)}`)) return `names without event${idOf(index)}: ${[...names].join()}`
      return undefined
    },
    async hover() {
      const shown = await service.hover('client.ts', called)
      return shown.includes(property) ? undefined : `a hover without ${property}: ${shown}`
    },
    async define() {
      const lines = (await service.define('client.ts', called)).map(({ file, line }) =>
        files[file]?.split('\n')[line]?.includes(`event${id}`) ? `its line in ${file}` : basename(file),
      )
      definition = [...new Set(lines)].join(', ')
      return undefined
    },
  }
  return {
    async ask(question) {
      rename(`zip${id}_${Number(property.split('_')[1] ?? 0) + 1}`)
      const began = performance.now()
      const wrong = await questions[question]()
      const took = performance.now() - began
      if (wrong !== undefined) throw new Error(`${question} answers ${wrong.slice(0, 1_000)}`)
      return took
    },
    get definition() {
      return definition
    },
    close() {
      service.close()
      rmSync(folder, { recursive: true })
    },
  }
}

import { type StatsListener, unwatchFile, watchFile } from 'node:fs'

/** The files that are looked at. */
export interface Watch {
  /** Looks at these files, and no longer at others. */
  set(files: readonly string[]): void
  close(): void
}

/** Asked, not told: editors replace a file when they save it, and what watches a file is left with the old one. */
const INTERVAL_MS = 200

/** Calls back when one of some files changes. */
export const createWatch = (onChange: () => void): Watch => {
  let watched: readonly string[] = []
  const listener: StatsListener = (now, before) => {
    if (now.mtimeMs !== before.mtimeMs) onChange()
  }
  const set = (files: readonly string[]): void => {
    for (const file of watched) if (!files.includes(file)) unwatchFile(file, listener)
    for (const file of files) if (!watched.includes(file)) watchFile(file, { interval: INTERVAL_MS }, listener)
    watched = files
  }
  return { set, close: () => set([]) }
}

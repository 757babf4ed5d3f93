import { type StatsListener, unwatchFile, watchFile } from 'node:fs'

/** A watcher of files. */
export interface Watch {
  /** Replaces the watched files. */
  set(files: readonly string[]): void
  close(): void
}

/**
 * The polling interval. Files are polled, since editors replace a file when they save it, and a watcher would keep the old one.
 */
const INTERVAL_MS = 200

/** Calls back when one of the watched files changes. */
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

/** The export conditions of this process: they say if our packages resolve to their builds or, as in tests, to their sources. */
export const conditions: readonly string[] = process.execArgv.flatMap(
  option => /^--conditions=(.*)/.exec(option)?.[1] ?? [],
)

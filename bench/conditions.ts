/** What says whether this process has our packages as they are built or as their sources, as tests have them. */
export const conditions: readonly string[] = process.execArgv.flatMap(
  option => /^--conditions=(.*)/.exec(option)?.[1] ?? [],
)

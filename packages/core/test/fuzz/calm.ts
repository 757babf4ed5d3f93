// Only for the process that makes the cases up: what is collected here ends no process any more.

/** The unhandled errors of this process, collected instead of ending it, so that the case that caused one is known. */
const troubles: unknown[] = []
for (const event of ['unhandledRejection', 'uncaughtException', 'warning'] as const) {
  process.on(event, (cause: unknown) => troubles.push(new Error(`${event}: ${describe(cause)}`, { cause })))
}

const describe = (cause: unknown): string => {
  try {
    return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  } catch {
    return 'what can’t be shown'
  }
}

/** Throws if the process had an unhandled rejection, an uncaught exception or a warning since the last time. */
export const assertCalm = (): void => {
  const [first] = troubles.splice(0)
  if (first !== undefined) throw first
}

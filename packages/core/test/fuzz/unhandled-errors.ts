// Import it only in the process of the cases: the errors that it collects don't end the process any more.

/** The unhandled errors of this process, collected instead of ending it, so that the case that caused one is known. */
const unhandled: unknown[] = []
for (const event of ['unhandledRejection', 'uncaughtException', 'warning'] as const) {
  process.on(event, (cause: unknown) => unhandled.push(new Error(`${event}: ${describe(cause)}`, { cause })))
}

const describe = (cause: unknown): string => {
  try {
    return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  } catch {
    return 'what can’t be shown'
  }
}

/** Throws the first unhandled rejection, uncaught exception or warning of the process since the last call. */
export const assertNoUnhandledErrors = (): void => {
  const [first] = unhandled.splice(0)
  if (first !== undefined) throw first
}

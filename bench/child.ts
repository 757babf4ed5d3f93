import { fork } from 'node:child_process'

/** A program in a process of its own. It says one thing when it is ready, and one for each that it is told. */
export interface Child {
  /** What it says next. Rejects if it ends instead. */
  hear<Said>(): Promise<Said>
  /** Tells it something, and resolves to what it says. */
  ask<Said>(told: unknown): Promise<Said>
  close(): void
}

/** Starts a program of the benchmarks. */
export const start = (
  file: URL | string,
  args: readonly string[],
  execArgv: readonly string[] = process.execArgv,
): Child => {
  const child = fork(file, args, { execArgv: [...execArgv] })
  const hear = <Said>(): Promise<Said> =>
    new Promise((resolve, reject) => {
      const settle = (): void => void child.off('message', onMessage).off('exit', onExit)
      // What a program says is what its file sends: the caller names its type.
      const onMessage = (said: unknown): void => (settle(), resolve(said as Said))
      const onExit = (code: number | null): void => (settle(), reject(new Error(`${file} ended with ${code}`)))
      child.on('message', onMessage).on('exit', onExit)
    })
  return {
    hear,
    ask<Said>(told: unknown) {
      const said = hear<Said>()
      child.send(told as object)
      return said
    },
    close: () => void child.kill(),
  }
}

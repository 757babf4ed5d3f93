import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'

/** Tells whether system calls can be counted on this machine. */
export const hasStrace = (): boolean => spawnSync('strace', ['-V']).status === 0

/** System calls by their names. */
export type Syscalls = ReadonlyMap<string, number>

/** Counts the system calls of a process, with all of its threads, while `run` runs. @throws Error if `strace` may not trace it. */
export const countSyscalls = async (pid: number, run: () => Promise<unknown>): Promise<Syscalls> => {
  const strace = spawn('strace', ['-c', '-f', '-U', 'name,calls', '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let text = ''
  const exited = once(strace, 'exit')
  const attached = new Promise<void>((resolve, reject) => {
    strace.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.includes('attached')) resolve()
    })
    exited.then(() => reject(new Error(`strace ended: ${text}`)), reject)
  })
  await attached
  await run()
  strace.kill('SIGINT')
  await exited
  return new Map([...text.matchAll(/^(\w+) +(\d+)$/gm)].map(([, name = '', calls]) => [name, Number(calls)]))
}

/** Adds up the calls that write to a socket. */
export const writesIn = (calls: Syscalls): number =>
  ['write', 'writev', 'sendto', 'sendmsg'].reduce((sum, name) => sum + (calls.get(name) ?? 0), 0)

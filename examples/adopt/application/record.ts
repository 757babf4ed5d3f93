/** Plays the session of the old clients against the application in a process of its own. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Transport } from './recorder.js'
import { play } from './session.js'

/** Resolves to the transcript of a server, by its address without the extension, relative to this folder. */
export const transcriptOf = async (server: string, transport: Transport = 'websocket'): Promise<string> => {
  const { href } = new URL(server, import.meta.url)
  const child = fork(new URL('../stage.ts', import.meta.url), [href], { env: { ...process.env, PORT: '0' } })
  const ended = once(child, 'close')
  const died = ended.then(([code]) => Promise.reject(new Error(`${href} has ended with ${code}`)))
  const played = once(child, 'message').then(([port]) => play(`http://localhost:${port}`, transport))
  try {
    return await Promise.race([played, died])
  } finally {
    died.catch(() => {})
    child.kill()
    await ended
  }
}

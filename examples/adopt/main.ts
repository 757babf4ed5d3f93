/** Sends the same messages to each stage in turn and prints a table of the answers. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { io } from 'socket.io-client'

const STAGES = ['before', 'step-1', 'step-2', 'after']
const MESSAGES = [
  { event: 'join', payload: 'ann' },
  { event: 'say', payload: { text: 'hello' } },
  { event: 'read', payload: 1 },
  { event: 'join', payload: '' },
  { event: 'say', payload: { text: ' ' } },
  { event: 'say', payload: { text: 5 } },
  { event: 'say', payload: null },
  { event: 'say', payload: { text: 'hi' }, withoutAck: true },
  { event: 'read', payload: '1' },
  { event: 'read', payload: 9 },
]
type Message = (typeof MESSAGES)[number]

/** Starts a stage and connects a client to it. `ended` resolves to the reason once the process has ended. */
const start = async (stage: string) => {
  const child = fork(new URL('stage.ts', import.meta.url), [stage], {
    env: { ...process.env, PORT: '0' },
    silent: true,
  })
  let errors = ''
  child.stderr?.on('data', chunk => (errors += chunk))
  const ended = once(child, 'close').then(() => `process ends, ${/^\w*Error/m.exec(errors)?.[0] ?? 'killed'}`)
  const [port] = await Promise.race([once(child, 'message'), ended.then(() => Promise.reject(new Error(errors)))])
  const socket = io(`http://localhost:${port}`, { transports: ['websocket'], reconnection: false })
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject))
  return { socket, ended, stop: () => (socket.disconnect(), child.kill(), ended) }
}

interface Failure {
  readonly code: string
  readonly issues?: readonly { readonly path: string }[]
  readonly data?: unknown
}

const show = (reply: unknown): string => {
  const failure: Failure | undefined = Object(reply)['$error']
  if (failure === undefined) return JSON.stringify(reply) ?? 'an empty ack'
  const { code, issues = [], data } = failure
  return [code, ...issues.map(({ path }) => path), data && JSON.stringify(data)].filter(Boolean).join(' ')
}

/** Sends a message and resolves to its outcome: the answer, `no answer` after a second, or the end of the process. */
const send = ({ socket, ended }: Awaited<ReturnType<typeof start>>, { event, payload, withoutAck }: Message) => {
  const answered = new Promise<string>(resolve => {
    setTimeout(() => resolve('no answer'), 1_000).unref()
    if (!withoutAck) socket.emit(event, payload, (reply: unknown) => resolve(show(reply)))
    // Without an ack the client can only see that a later message is still answered.
    else socket.emit(event, payload).emit('read', 1, () => resolve('handled'))
  })
  return Promise.race([answered, ended])
}

const answersOf = async (stage: string): Promise<string[]> => {
  const answers: string[] = []
  let running = await start(stage)
  for (const message of MESSAGES) {
    const answer = await send(running, message)
    answers.push(answer)
    if (answer.startsWith('process')) running = await start(stage)
  }
  await running.stop()
  return answers
}

const print = (message: string, cells: readonly string[]): void =>
  console.log(`${message.padEnd(32)}${cells.map(cell => cell.padEnd(25)).join('')}`.trimEnd())

const columns: string[][] = []
for (const stage of STAGES) columns.push(await answersOf(stage))
print('', STAGES)
for (const [index, { event, payload, withoutAck }] of MESSAGES.entries()) {
  print(
    `${event} ${JSON.stringify(payload)}${withoutAck ? ' without ack' : ''}`,
    columns.map(answers => answers[index] ?? ''),
  )
}

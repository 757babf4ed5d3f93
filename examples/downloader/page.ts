import { createClient, safe } from '@ackwire/client'
import type { api } from './contract.js'

const client = createClient<typeof api>()

const find = <Wanted extends HTMLElement>(kind: new () => Wanted, id: string): Wanted => {
  const element = document.getElementById(id)
  if (element instanceof kind) return element
  throw new Error(`the page has no ${id}`)
}
const [form, url] = [find(HTMLFormElement, 'form'), find(HTMLInputElement, 'url')]
const [bar, told] = [find(HTMLProgressElement, 'bar'), find(HTMLOutputElement, 'told')]
const [start, cancel] = [find(HTMLButtonElement, 'start'), find(HTMLButtonElement, 'cancel')]

const inKilobytes = (bytes: number): string => `${Math.round(bytes / 1_000).toLocaleString('en')} kB`

const download = async (from: string): Promise<string> => {
  const leave = new AbortController()
  cancel.addEventListener('click', () => leave.abort(), { once: true })
  const stream = client.signal(leave.signal).stream.download(from)
  const reading = async (): Promise<void> => {
    for await (const { bytes, of } of stream) {
      if (of !== null) bar.value = bytes / of
      told.value = of === null ? inKilobytes(bytes) : `${inKilobytes(bytes)} of ${inKilobytes(of)}`
    }
  }
  // The result rejects as the loop does.
  await reading().catch(() => {})
  const [error, result] = await safe(stream.result)
  if (error === undefined)
    return `${inKilobytes(result.bytes)} in ${result.seconds.toFixed(1)} s, ${result.sha256.slice(0, 12)}…`
  if (error.code === 'ABORTED') return 'Cancelled'
  if (error.code === 'UNREACHABLE') return `It can’t be reached: ${error.data.reason}`
  return error.issues[0]?.message ?? error.message
}

form.addEventListener('submit', async submitted => {
  submitted.preventDefault()
  bar.value = 0
  told.value = 'Asking …'
  start.disabled = !(cancel.disabled = false)
  told.value = await download(url.value)
  cancel.disabled = !(start.disabled = false)
})

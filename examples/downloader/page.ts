import { createClient, safe } from '@ackwire/client'
import type { api } from './contract.js'

const client = createClient<typeof api>()

const find = <Wanted extends HTMLElement>(kind: new () => Wanted, selector: string): Wanted => {
  const element = document.querySelector(selector)
  if (element instanceof kind) return element
  throw new Error(`the page has no ${selector}`)
}
const [form, select] = [find(HTMLFormElement, 'form'), find(HTMLSelectElement, 'select')]
const [begin, cancel] = [find(HTMLButtonElement, '.primary'), find(HTMLButtonElement, '[type=button]')]
const bar = find(HTMLProgressElement, 'progress')
const [status, alert] = [find(HTMLElement, '[role=status]'), find(HTMLElement, '[role=alert]')]

const inKilobytes = (bytes: number): string => `${Math.round(bytes / 1_000).toLocaleString('en')} kB`

/** Downloads a file, shows its progress, and resolves to the error message, if any. */
const download = async (file: string, signal: AbortSignal): Promise<string> => {
  const stream = client.signal(signal).stream.download(file)
  const reading = async (): Promise<void> => {
    for await (const { bytes, of } of stream) {
      // A progress bar without a value is shown as indeterminate.
      if (of === null) bar.removeAttribute('value')
      else bar.value = bytes / of
      status.textContent = of === null ? inKilobytes(bytes) : `${inKilobytes(bytes)} of ${inKilobytes(of)}`
    }
  }
  // The result rejects with the same error as the loop.
  await reading().catch(() => {})
  const [error, result] = await safe(stream.result)
  if (result) {
    bar.value = 1
    status.textContent = `${inKilobytes(result.bytes)} in ${result.seconds.toFixed(1)} s, ${result.sha256.slice(0, 12)}…`
    return ''
  }
  if (!bar.hasAttribute('value')) bar.value = 0
  if (error?.code === 'ABORTED') status.textContent = 'Cancelled'
  else if (error?.code !== 'BROKEN_OFF') status.textContent = 'Nothing received'
  // Each code has its own data.
  if (error?.code === 'UNREACHABLE')
    return `The source can’t be reached${error.data.status ? ` (${error.data.status})` : ''}.`
  if (error?.code === 'BROKEN_OFF') return `The source closed the connection after ${inKilobytes(error.data.bytes)}.`
  if (error?.code === 'OVERLOADED') return 'Only three downloads can run at a time.'
  return error === undefined || error.code === 'ABORTED' ? '' : error.message
}

form.addEventListener('submit', async submitted => {
  submitted.preventDefault()
  const leave = new AbortController()
  cancel.addEventListener('click', () => leave.abort(), { once: true })
  bar.value = 0
  status.textContent = 'Asking …'
  alert.textContent = ''
  begin.disabled = !(cancel.disabled = false)
  alert.textContent = await download(select.value, leave.signal)
  cancel.disabled = !(begin.disabled = false)
})

client.on.files(files => {
  select.replaceChildren(...files.map(file => new Option(file)))
  status.textContent = 'Waiting for the first bytes …'
  begin.disabled = false
})
client.on.disconnect(() => (alert.textContent = 'Connection lost. Reconnecting …'))
client.on.connect(() => (alert.textContent = ''))

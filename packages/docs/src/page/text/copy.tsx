import type { VNode } from 'preact'
import { useState } from 'preact/hooks'

/** A button that copies a text and confirms it. */
export const CopyButton = ({
  text,
  label,
  words = 'Copy',
}: {
  readonly text: string
  readonly label: string
  readonly words?: string
}): VNode => {
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready')
  const copy = (): void => {
    const show = (result: 'copied' | 'failed') => {
      setState(result)
      setTimeout(() => setState('ready'), 1_500)
    }
    write(text).then(
      () => show('copied'),
      () => show('failed'),
    )
  }
  return (
    <button type="button" class="tool" aria-label={label} onClick={copy}>
      {state === 'ready' ? words : state === 'copied' ? 'Copied' : 'Press Ctrl C'}
    </button>
  )
}

/** Writes to the clipboard. Its API exists only on pages from TLS or localhost. */
const write = async (text: string): Promise<void> => {
  if ('clipboard' in navigator) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  if (!copied) throw new Error('The browser does not allow the page to copy.')
}

import type { VNode } from 'preact'
import { useState } from 'preact/hooks'

/** Copies a text, and says so. */
export const CopyButton = ({ text, label }: { readonly text: string; readonly label: string }): VNode => {
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
    <button type="button" class="copy" aria-label={label} onClick={copy}>
      {state === 'ready' ? 'Copy' : state === 'copied' ? 'Copied' : 'Press Ctrl C'}
    </button>
  )
}

/** The clipboard is there only on pages that came over TLS or from this machine. */
const write = async (text: string): Promise<void> => {
  if ('clipboard' in navigator) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  if (!copied) throw new Error('The browser does not let a page copy.')
}

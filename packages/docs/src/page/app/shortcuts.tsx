import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { focusSearch } from '../views/sidebar.js'

const SHORTCUTS: readonly (readonly [keys: string, meaning: string])[] = [
  ['/ or Ctrl K', 'Search'],
  ['↓ ↑', 'Go through the contents or the results'],
  ['Ctrl Enter', 'Send the call'],
  ['Enter', 'Connect, in a field of the handshake'],
  ['← →', 'Choose the language of the code'],
  ['Escape', 'Close the search or this list'],
  ['?', 'Show this list'],
]

/** The keys of the whole page, and the list of all keys. */
export const Shortcuts = (): VNode => {
  const list = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isWriting = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
      if (event.key === '?' && !isWriting && list.current?.open === false) list.current.showModal()
      const isSearch = (event.key === '/' && !isWriting) || (event.key === 'k' && (event.metaKey || event.ctrlKey))
      if (!isSearch) return
      event.preventDefault()
      focusSearch()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <dialog class="shortcuts" aria-labelledby="shortcuts" ref={list}>
      <h2 id="shortcuts">Keys</h2>
      <dl>
        {SHORTCUTS.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="button" onClick={() => list.current?.close()}>
        Close
      </button>
    </dialog>
  )
}

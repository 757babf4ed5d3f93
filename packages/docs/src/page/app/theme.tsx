import { effect, signal } from '@preact/signals'
import type { VNode } from 'preact'

type Theme = 'light' | 'dark'

const STORED = 'ackwire-theme'

/** Returns the stored theme. A sandboxed page has no access to storage. */
const stored = (): string | null => {
  try {
    return globalThis.localStorage.getItem(STORED)
  } catch {
    return null
  }
}

const preference = globalThis.matchMedia('(prefers-color-scheme: dark)')
const chosen = signal<string | null>(stored())
const system = signal(preference.matches)
preference.addEventListener('change', event => {
  system.value = event.matches
})

const current = (): Theme =>
  chosen.value === 'light' || chosen.value === 'dark' ? chosen.value : system.value ? 'dark' : 'light'

const show = (theme: Theme): void => {
  globalThis.document.documentElement.dataset['theme'] = theme
}

/** Applies the theme that the reader chose last, or the system's. */
export const startTheme = (): void => {
  effect(() => show(current()))
}

const choose = (theme: Theme): void => {
  chosen.value = theme
  try {
    globalThis.localStorage.setItem(STORED, theme)
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
}

/** A button that switches between the light and the dark theme. */
export const ThemeButton = (): VNode => {
  const other = current() === 'dark' ? 'light' : 'dark'
  return (
    <button type="button" class="icon-button" aria-label={`Show in ${other} colours`} onClick={() => choose(other)}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        {other === 'light' ? (
          <path d="M10 3V1m0 18v-2m7-7h2M1 10h2m12-5 1.4-1.4M3.6 16.4 5 15m10 0 1.4 1.4M3.6 3.6 5 5m8.5 5a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0Z" />
        ) : (
          <path d="M16.5 11.7A7 7 0 0 1 8.3 3.5a7 7 0 1 0 8.2 8.2Z" />
        )}
      </svg>
    </button>
  )
}

import { signal } from '@preact/signals'
import type { VNode } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import { useApi } from '../state/context.js'
import type { Namespace } from '../document/api.js'
import { href, route, type Route } from '../state/route.js'
import { Arrow } from './badges.js'
import { createIndex, type Found, search } from './search.js'

const query = signal('')

/** True if the sidebar is open on narrow screens. */
export const isSidebarOpen = signal(false)

/** Focuses the search field and selects its content. */
export const focusSearch = (): void => {
  isSidebarOpen.value = true
  // After Preact's own microtask, which renders the field. A frame later would miss the next key.
  queueMicrotask(() => {
    const field = document.querySelector<HTMLInputElement>('#search')
    field?.focus()
    field?.select()
  })
}

/** The sidebar: a search, and links to all views. */
export const Sidebar = ({ marks }: { readonly marks: ((key: string) => VNode | null) | undefined }): VNode => {
  const api = useApi()
  const index = useMemo(() => createIndex(api), [api])
  const list = useRef<HTMLDivElement>(null)
  const found = query.value.trim() === '' ? undefined : search(index, query.value)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      query.value = ''
      isSidebarOpen.value = false
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) {
      if (event.key === 'Enter' && event.target instanceof HTMLInputElement) list.current?.querySelector('a')?.click()
      return
    }
    event.preventDefault()
    move(list.current, step)
  }
  return (
    <nav class={isSidebarOpen.value ? 'sidebar open' : 'sidebar'} aria-label="Contents" onKeyDown={onKeyDown}>
      <div class="search">
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="m17 17-4-4m2-4.5a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0Z" />
        </svg>
        <input
          id="search"
          type="search"
          placeholder="Search"
          aria-label="Search events, namespaces and schemas"
          autocomplete="off"
          spellcheck={false}
          value={query.value}
          onInput={event => {
            query.value = event.currentTarget.value
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <div class="contents" ref={list}>
        {found === undefined ? <Contents marks={marks} /> : <Results found={found} />}
      </div>
    </nav>
  )
}

/** Moves the focus among the links, starting from the search field, too. */
const move = (list: HTMLElement | null, step: number): void => {
  const links = [...(list?.querySelectorAll('a') ?? [])]
  const at = links.indexOf(document.activeElement as HTMLAnchorElement)
  const target = links[at + step]
  if (target !== undefined) target.focus()
  else if (step < 0) document.querySelector<HTMLInputElement>('#search')?.focus()
}

const isCurrent = (target: Route): 'page' | undefined => (href(target) === href(route.value) ? 'page' : undefined)

const Contents = ({ marks }: { readonly marks: ((key: string) => VNode | null) | undefined }): VNode => {
  const { namespaces, schemas } = useApi()
  return (
    <>
      <a class="entry overview" href="#/" aria-current={isCurrent({ view: 'overview' })}>
        Overview
      </a>
      {namespaces.map(namespace => (
        <Group namespace={namespace} mark={marks?.(namespace.key) ?? null} key={namespace.key} />
      ))}
      {schemas.size > 0 && (
        <details class="schemas" open={route.value.view === 'schema'}>
          <summary>
            Schemas <span class="count">{schemas.size}</span>
          </summary>
          <ul>
            {[...schemas.keys()].map(key => (
              <li key={key}>
                <a class="entry" href={href({ view: 'schema', key })} aria-current={isCurrent({ view: 'schema', key })}>
                  {key}
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

const Group = ({ namespace, mark }: { readonly namespace: Namespace; readonly mark: VNode | null }): VNode => {
  const target = { view: 'namespace', key: namespace.key } as const
  return (
    <section class="group">
      <a class="entry namespace" href={href(target)} aria-current={isCurrent(target)}>
        <code>{namespace.name}</code>
        {mark}
        <span class="count">{namespace.events.length}</span>
      </a>
      <ul>
        {namespace.events.map(event => (
          <li key={event.id}>
            <a
              class="entry"
              href={href({ view: 'event', key: event.id })}
              aria-current={isCurrent({ view: 'event', key: event.id })}
            >
              <Arrow direction={event.direction} />
              <code class={event.isDeprecated ? 'struck' : ''}>{event.name}</code>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

const MOST_SHOWN = 200

const Results = ({ found }: { readonly found: readonly Found[] }): VNode => (
  <div class="results">
    <p class="result-count" role="status">
      {found.length === 0 ? 'No results.' : `${found.length} found`}
    </p>
    <ul>
      {found.slice(0, MOST_SHOWN).map(({ href: to, label, note, kind }) => (
        <li key={to}>
          <a class="entry result" href={to}>
            {kind === 'input' || kind === 'output' ? <Arrow direction={kind} /> : <span class="arrow" />}
            <code>{label}</code>
            {note !== '' && <span class="result-note">{note}</span>}
          </a>
        </li>
      ))}
    </ul>
  </div>
)

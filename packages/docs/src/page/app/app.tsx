import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useApi } from '../state/context.js'
import type { Api } from '../document/api.js'
import { EventPage } from '../views/event-page.js'
import { NamespacePage } from '../views/namespace-page.js'
import { Overview } from '../views/overview.js'
import { SchemaPage } from '../views/schema-page.js'
import { isSidebarOpen, Sidebar } from '../views/sidebar.js'
import { route, type Route } from '../state/route.js'
import type { Settings } from '../state/settings.js'
import { Shortcuts } from './shortcuts.js'
import { ThemeButton } from './theme.js'

/** The components that the console adds to the page. */
export interface Console {
  /** The panel beside a view. */
  readonly Panel: (props: { readonly route: Route }) => VNode | null
  /** The log at the bottom of the page. */
  readonly Dock: () => VNode
  /** The mark of a connected namespace in the sidebar. */
  readonly mark: (key: string) => VNode | null
}

interface AppProps {
  readonly settings: Settings
  readonly console: Console | undefined
}

/** The whole page. */
export const App = ({ settings, console }: AppProps): VNode => {
  const api = useApi()
  const { title } = api
  const shown = route.value
  const place = shown.view === 'overview' ? '' : `${shown.view} ${shown.key}`
  const last = useRef(place)
  // A layout effect, since an effect that waits for a frame may be late on a busy machine.
  useLayoutEffect(() => {
    isSidebarOpen.value = false
    window.scrollTo(0, 0)
    const name = nameOf(api, shown)
    document.title = name === undefined ? title : `${name} · ${title}`
    if (last.current !== place) focusHeading()
    last.current = place
  }, [place, api, title])
  return (
    <div class={console === undefined ? 'app' : 'app with-console'}>
      <a class="skip" href="#main" onClick={skip}>
        Skip to content
      </a>
      <TopBar settings={settings} />
      <Sidebar marks={console?.mark} />
      <div class="scrim" hidden={!isSidebarOpen.value} onClick={close} />
      <div class="columns">
        <main id="main" tabIndex={-1}>
          {console !== undefined && shown.view === 'event' && (
            <button type="button" class="button to-panel" onClick={toPanel}>
              Try it
            </button>
          )}
          <View route={shown} />
        </main>
        {console !== undefined && (
          <aside class="panel" aria-label="Console">
            <console.Panel route={shown} />
          </aside>
        )}
      </div>
      {console !== undefined && <console.Dock />}
      <Shortcuts />
    </div>
  )
}

/** Focuses the heading of a view that has replaced another, so that a screen reader says it and the keyboard goes on from there. */
const focusHeading = (): void => {
  const heading = document.querySelector<HTMLElement>('#main h1')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus({ preventScroll: true })
}

/** Skips to the content without a change of the address, which belongs to the views. */
const skip = (event: Event): void => {
  event.preventDefault()
  document.querySelector<HTMLElement>('#main')?.focus()
}

/** Scrolls to the console, which is below the text on narrow screens. */
const toPanel = (): void => document.querySelector('.panel')?.scrollIntoView()

const close = (): void => {
  isSidebarOpen.value = false
}

const nameOf = ({ namespaces, events }: Api, shown: Route): string | undefined => {
  if (shown.view === 'overview') return undefined
  if (shown.view === 'event') return events.get(shown.key)?.name
  return shown.view === 'schema' ? shown.key : namespaces.find(({ key }) => key === shown.key)?.name
}

const TopBar = ({ settings }: { readonly settings: Settings }): VNode => {
  const { title, version, document: content } = useApi()
  return (
    <header class="top">
      <button
        type="button"
        class="icon-button menu"
        aria-label="Contents"
        aria-expanded={isSidebarOpen.value}
        onClick={() => {
          isSidebarOpen.value = !isSidebarOpen.value
        }}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M3 6h14M3 10h14M3 14h14" />
        </svg>
      </button>
      <a class="brand" href="#/">
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
          <path d="M5 12h17m-6-6 6 6-6 6" />
          <path class="back" d="M27 20H10m6 6-6-6 6-6" />
        </svg>
        <span>{title}</span>
        {version !== '' && <span class="version">{version}</span>}
      </a>
      <span class="files">
        {settings.files.map(([label, to]) => (
          <a href={to} key={label}>
            {label}
          </a>
        ))}
        {settings.files.length === 0 && (
          <button type="button" onClick={() => download(title, content)}>
            AsyncAPI
          </button>
        )}
      </span>
      <ThemeButton />
    </header>
  )
}

/** Downloads the document of a page that is a single file. */
const download = (title: string, content: unknown): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }))
  link.download = `${title.replaceAll(/\W+/g, '-').toLowerCase()}.asyncapi.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

const View = ({ route: shown }: { readonly route: Route }): VNode => {
  const { namespaces, events, schemas } = useApi()
  if (shown.view === 'overview') return <Overview />
  const { key } = shown
  if (shown.view === 'event') {
    const event = events.get(key)
    if (event !== undefined) return <EventPage event={event} key={key} />
  } else if (shown.view === 'namespace') {
    const namespace = namespaces.find(each => each.key === key)
    if (namespace !== undefined) return <NamespacePage namespace={namespace} key={key} />
  } else if (schemas.has(key)) return <SchemaPage name={key} key={key} />
  return (
    <article>
      <header class="page-head">
        <h1>Not here any more</h1>
      </header>
      <p>
        This document has no {shown.view} called <code>{key}</code>. It may have been renamed: search for it, or go to
        the <a href="#/">overview</a>.
      </p>
    </article>
  )
}

import { signal } from '@preact/signals'

/** What the page shows: the part of the address after `#`, so that every part can be linked to. */
export type Route =
  { readonly view: 'overview' } | { readonly view: 'namespace' | 'event' | 'schema'; readonly key: string }

const VIEWS = { namespace: 'namespaces', event: 'events', schema: 'schemas' } as const

/** The link to a view. */
export const href = (route: Route): string =>
  route.view === 'overview' ? '#/' : `#/${VIEWS[route.view]}/${encodeURIComponent(route.key)}`

const read = (): Route => {
  const [, folder, key = ''] = /^#\/(\w+)\/([^/]*)$/.exec(globalThis.location.hash) ?? []
  const view = (Object.keys(VIEWS) as (keyof typeof VIEWS)[]).find(each => VIEWS[each] === folder)
  if (view === undefined) return { view: 'overview' }
  try {
    return { view, key: decodeURIComponent(key) }
  } catch {
    return { view: 'overview' }
  }
}

/** The view that is shown now. */
export const route = signal<Route>(read())

globalThis.addEventListener('hashchange', () => {
  route.value = read()
})

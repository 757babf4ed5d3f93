import { signal } from '@preact/signals'

/** The current view, which is the fragment of the address, so that every view can be linked to. */
export type Route =
  | { readonly view: 'overview' }
  | { readonly view: 'namespace' | 'event' | 'schema'; readonly key: string }

const VIEWS = { namespace: 'namespaces', event: 'events', schema: 'schemas' } as const

/** Returns the link to a view. */
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

/** The current view. */
export const route = signal<Route>(read())

globalThis.addEventListener('hashchange', () => {
  route.value = read()
})

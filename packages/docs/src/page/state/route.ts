import { signal } from '@preact/signals'

/** The current view, which is the fragment of the address, so that every view can be linked to. */
export type Route =
  | { readonly view: 'overview' }
  | {
      readonly view: 'namespace' | 'event' | 'schema'
      readonly key: string
      /** The arguments of a call that a link carries, as JSON. */
      readonly args?: string
    }

const VIEWS = { namespace: 'namespaces', event: 'events', schema: 'schemas' } as const

/** Returns the link to a view. */
export const href = (route: Route): string =>
  route.view === 'overview'
    ? '#/'
    : `#/${VIEWS[route.view]}/${encodeURIComponent(route.key)}${route.args === undefined ? '' : `?args=${encodeURIComponent(route.args)}`}`

const read = (): Route => {
  const [, folder, key = '', args] = /^#\/(\w+)\/([^/?]*)(?:\?args=(.*))?$/.exec(globalThis.location.hash) ?? []
  const view = (Object.keys(VIEWS) as (keyof typeof VIEWS)[]).find(each => VIEWS[each] === folder)
  if (view === undefined) return { view: 'overview' }
  try {
    return { view, key: decodeURIComponent(key), ...(args === undefined ? {} : { args: decodeURIComponent(args) }) }
  } catch {
    return { view: 'overview' }
  }
}

/** The current view. */
export const route = signal<Route>(read())

globalThis.addEventListener('hashchange', () => {
  route.value = read()
})

/** Removes what a link carries from the address once it is taken, so that it does not replace later changes when the page is loaded again. */
export const dropArgs = (): void => {
  const { value } = route
  if (value.view === 'overview' || value.args === undefined) return
  const { args: _, ...rest } = value
  globalThis.history.replaceState(globalThis.history.state, '', href(rest))
  route.value = rest
}

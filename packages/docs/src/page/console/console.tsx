import type { VNode } from 'preact'
import type { Console } from '../app/app.js'
import type { Api } from '../document/api.js'
import { href, type Route } from '../state/route.js'
import type { Settings } from '../state/settings.js'
import { CallPanel } from './call-panel.js'
import { Connection } from './connection.js'
import { StoreProvider } from './store/context.js'
import { Dock } from './dock.js'
import { ListenPanel } from './listen-panel.js'
import { createStore, type Store } from './store/store.js'

/** Creates the console, which connects and sends only when the reader asks it to. */
export const createConsole = (api: Api, settings: Settings): Console => {
  const store = createStore(api, settings)
  return {
    Panel: ({ route }) => (
      <StoreProvider value={store}>
        <Panel store={store} route={route} />
      </StoreProvider>
    ),
    Dock: () => (
      <StoreProvider value={store}>
        <Dock />
      </StoreProvider>
    ),
    mark: key => {
      const status = store.sessionOf(key)?.status.value
      return status === 'open' ? <span class="dot open" role="img" aria-label="connected" /> : null
    },
  }
}

const Panel = ({ store, route }: { readonly store: Store; readonly route: Route }): VNode | null => {
  if (route.view === 'event') {
    const event = store.api.events.get(route.key)
    const session = event && store.sessionOf(event.channel)
    if (event === undefined || session === undefined) return null
    return event.direction === 'input' ? (
      <CallPanel event={event} session={session} key={event.id} />
    ) : (
      <ListenPanel event={event} session={session} key={event.id} />
    )
  }
  if (route.view === 'namespace') {
    const session = store.sessionOf(route.key)
    return session === undefined ? null : <Connection session={session} key={route.key} />
  }
  return route.view === 'overview' ? <Connections store={store} /> : null
}

const Connections = ({ store }: { readonly store: Store }): VNode => (
  <section class="connections" aria-label="Connections">
    <div class="panel-head">
      <h2>Try it</h2>
    </div>
    <p class="quiet">
      Select a namespace to connect to it, then an event to fill in its form. Nothing is sent until you press Send.
    </p>
    <ul>
      {store.api.namespaces.map(({ key, name }) => {
        const session = store.sessionOf(key)
        const state = session?.status.value ?? 'closed'
        return (
          <li key={key}>
            <a href={href({ view: 'namespace', key })}>
              <span class={`dot ${state}`} />
              <code>{name}</code>
              <span class="quiet">
                {state === 'open' ? 'connected' : state === 'connecting' ? 'connecting …' : 'not connected'}
              </span>
            </a>
          </li>
        )
      })}
    </ul>
  </section>
)

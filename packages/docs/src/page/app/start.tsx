import { render } from 'preact'
import { App, type Console } from './app.js'
import { ApiProvider } from '../state/context.js'
import { type Api, createApi } from '../document/api.js'
import { createSettings, type Settings } from '../state/settings.js'
import { startTheme } from './theme.js'

/** Renders the page from its document. `createConsole` creates the console if the page has one. */
export const start = (createConsole?: (api: Api, settings: Settings) => Console): void => {
  startTheme()
  const root = document.querySelector('#page')
  if (root === null) return
  const api = createApi(read('document'))
  const settings = createSettings(read('settings'))
  render(
    <ApiProvider value={api}>
      <App settings={settings} console={createConsole?.(api, settings)} />
    </ApiProvider>,
    root,
  )
}

const read = (id: string): unknown => JSON.parse(document.getElementById(id)?.textContent ?? '{}')

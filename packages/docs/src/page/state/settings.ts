import { entriesIn, isJson, listIn, property, textIn } from '../../parse/json.js'

/** A server that the console may connect to. */
export interface ServerChoice {
  readonly title: string
  readonly url: string
  readonly path: string
}

/** The settings of the page. */
export interface Settings {
  /** The links to the document's files, by their labels. */
  readonly files: readonly (readonly [label: string, href: string])[]
  /** The servers that the console may connect to; the page's Content-Security-Policy allows no other. */
  readonly servers: readonly ServerChoice[]
}

/** Reads the settings in the page. */
export const createSettings = (given: unknown): Settings => ({
  files: entriesIn(given, 'files').flatMap(([label, href]) =>
    typeof href === 'string' ? [[label, href] as const] : [],
  ),
  servers: listIn(given, 'servers').flatMap(server => {
    if (!isJson(server)) return []
    // An empty URL is the page's own host.
    const url = property(server, 'url') === '' ? globalThis.location.origin : textIn(server, 'url')
    if (url === undefined || !/^https?:/.test(url)) return []
    return [{ title: textIn(server, 'title') ?? url, url, path: textIn(server, 'path') ?? '/socket.io/' }]
  }),
})

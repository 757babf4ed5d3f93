/** The connection options of the page's console. */
export interface ConsoleOptions {
  /**
   * The address or addresses of the server, such as `https://api.example.org`. By default the host of the page and the document's
   * `servers`. The page's Content-Security-Policy allows connections to these only.
   */
  readonly url?: string | readonly string[]
  /** Socket.IO's option `path`. By default `/socket.io/`, or that of each of the document's servers. */
  readonly path?: string
}

/** Options of the page. */
export interface PageOptions {
  /** Enables the console, in which events can be tried, and sets its connection. @default true */
  readonly console?: boolean | ConsoleOptions
}

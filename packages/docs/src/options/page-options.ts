/** Where the page's console connects to. */
export interface ConsoleOptions {
  /**
   * The server's address, such as `https://api.example.org`, or several. Default: the host that serves the page, and the
   * document's `servers`. The page's Content-Security-Policy allows connections to these and to no other.
   */
  readonly url?: string | readonly string[]
  /** Socket.IO's option `path`. Default: `/socket.io/`, or that of each of the document's servers. */
  readonly path?: string
}

/** Options of the page. */
export interface PageOptions {
  /** Whether events can be tried on the page, and where. Default: `true`. */
  readonly console?: boolean | ConsoleOptions
}

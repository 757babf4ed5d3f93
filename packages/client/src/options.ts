/** The options of a client: its own, those of socket.io-client and those of engine.io-client, in an order that compresses well. */
export const OPTIONS =
  'acks, ackTimeout, onError, coalesceWrites, auth, retries, forceNew, multiplex, path, query, host, hostname, port, secure, agent, withCredentials, upgrade, timestampParam, timestampRequests, rememberUpgrade, addTrailingSlash, rejectUnauthorized, perMessageDeflate, transportOptions, closeOnBeforeunload, transports, transportImplementations, tryAllTransports, autoUnref, useNativeTimers, requestTimeout, protocols, extraHeaders, forceBase64, pfx, key, passphrase, cert, ca, ciphers, reconnection, reconnectionAttempts, reconnectionDelay, reconnectionDelayMax, randomizationFactor, timeout, autoConnect, parser'

/** Throws for an option that there is not, as `attach` does. */
export const checkOptions = (options: object): void => {
  for (const name in options)
    if (!OPTIONS.split(', ').includes(name))
      throw new TypeError(`ackwire: createClient: unknown key "${name}"; expected one of ${OPTIONS}`)
}

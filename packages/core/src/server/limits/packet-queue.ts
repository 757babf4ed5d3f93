/**
 * The queue of a connection's packets to one namespace of the contract. Packets continue in the order of their arrival,
 * whichever is decided first. An error that a packet throws when it continues is thrown in a tick of its own.
 */
export interface PacketQueue {
  /** The number of packets that wait. */
  readonly length: number
  /** Calls `go` with what `decided` resolves to, after all packets before it. `decided` must not reject. */
  enqueue<Decision>(
    decided: Promise<Decision | undefined> | undefined,
    go: (decision: Decision | undefined) => void,
  ): void
}

/** Creates an empty queue. */
export const packetQueueOf = (): PacketQueue => {
  const places: { go: (() => void) | undefined }[] = []
  const advance = (): void => {
    for (let first = places[0]; first?.go !== undefined; first = places[0]) {
      places.shift()
      try {
        first.go()
      } catch (error) {
        process.nextTick(() => {
          throw error
        })
      }
    }
  }
  return {
    get length() {
      return places.length
    },
    enqueue<Decision>(
      decided: Promise<Decision | undefined> | undefined,
      go: (decision: Decision | undefined) => void,
    ) {
      if (decided === undefined) return void places.push({ go: () => go(undefined) })
      const place: { go: (() => void) | undefined } = { go: undefined }
      places.push(place)
      const decide = (decision: Decision | undefined): void => {
        place.go = () => go(decision)
        advance()
      }
      void decided.then(decide)
    },
  }
}

/** A namespace of Socket.IO, or a selection in it. */
export interface Broadcaster {
  emit(event: string, ...args: unknown[]): unknown
  to(room: string | string[]): Broadcaster
  in(room: string | string[]): Broadcaster
  except(room: string | string[]): Broadcaster
  timeout(ms: number): Broadcaster
  compress(compress: boolean): Broadcaster
  readonly local: Broadcaster
  readonly volatile: Broadcaster
}

/**
 * Reaches all members, which are read at each emit. Socket.IO's own parent namespace reaches only the namespaces that it has
 * created, not those that the application had created before.
 */
export class AllOf implements Broadcaster {
  readonly #members: () => readonly Broadcaster[]

  constructor(members: () => readonly Broadcaster[]) {
    this.#members = members
  }

  emit(event: string, ...args: unknown[]): void {
    for (const member of this.#members()) member.emit(event, ...args)
  }

  to(room: string | string[]): AllOf {
    return this.#each(member => member.to(room))
  }

  in(room: string | string[]): AllOf {
    return this.#each(member => member.in(room))
  }

  except(room: string | string[]): AllOf {
    return this.#each(member => member.except(room))
  }

  timeout(ms: number): AllOf {
    return this.#each(member => member.timeout(ms))
  }

  compress(compress: boolean): AllOf {
    return this.#each(member => member.compress(compress))
  }

  get local(): AllOf {
    return this.#each(member => member.local)
  }

  get volatile(): AllOf {
    return this.#each(member => member.volatile)
  }

  #each(select: (member: Broadcaster) => Broadcaster): AllOf {
    return new AllOf(() => this.#members().map(select))
  }
}

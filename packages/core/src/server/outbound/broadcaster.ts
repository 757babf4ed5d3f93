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
 * Returns a broadcaster to all members, which are read at each emit. Socket.IO's own parent namespace reaches only the
 * namespaces that it has created, not those that the application had created before.
 */
export const allOf = (members: () => readonly Broadcaster[]): Broadcaster => {
  const each = (select: (member: Broadcaster) => Broadcaster): Broadcaster => allOf(() => members().map(select))
  return {
    emit(event, ...args) {
      for (const member of members()) member.emit(event, ...args)
    },
    to: room => each(member => member.to(room)),
    in: room => each(member => member.in(room)),
    except: room => each(member => member.except(room)),
    timeout: ms => each(member => member.timeout(ms)),
    compress: compress => each(member => member.compress(compress)),
    get local() {
      return each(member => member.local)
    },
    get volatile() {
      return each(member => member.volatile)
    },
  }
}

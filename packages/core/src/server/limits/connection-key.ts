import type { Socket } from 'socket.io'

const keys = new WeakMap<Socket['conn'], string>()

/** Returns a key that is unique to a connection in this process; Engine.IO's own id is declared private. */
export const connectionKey = (conn: Socket['conn']): string => {
  const known = keys.get(conn)
  if (known !== undefined) return known
  const key = String(++connections)
  keys.set(conn, key)
  return key
}

let connections = 0

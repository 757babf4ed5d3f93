import { isSame, type Json, jsonOf, listOf } from '../parse/json.js'
import { without } from '../parse/metadata.js'
import type { Change } from './change.js'

/** The transports of a server that lists none. */
const DEFAULT = ['polling', 'websocket']

/** Compares a server's transports: an existing client may start with any of the old ones. */
export const compareTransports = (before: Json, after: Json, server: string): readonly Change[] => {
  const [old, now] = [transportsOf(before), transportsOf(after)]
  const part = `${server}.transports`
  const lost = old.filter(name => !now.includes(name))
  const gained = now.filter(name => !old.includes(name))
  if (lost.length === 0 && gained.length === 0)
    return isSame(old, now) ? [] : [{ class: 'documentation', where: '', part, what: 'are in another order' }]
  return [
    ...lost.map(name => ({ class: 'breaking', where: '', part, what: `no longer has ${name}`, why: WHY }) as const),
    ...gained.map(name => ({ class: 'compatible', where: '', part, what: `now has ${name}` }) as const),
  ]
}

const WHY = 'existing clients may begin with it'

const transportsOf = (server: Json): readonly string[] => {
  const { transports } = jsonOf(server['x-socketio'])
  return Array.isArray(transports) ? listOf(transports).map(String) : DEFAULT
}

/** Returns a server without its transports. */
export const exceptTransports = (server: Json): Json => {
  const extension = without(jsonOf(server['x-socketio']), ['transports'])
  const rest = without(server, ['x-socketio'])
  return Object.keys(extension).length === 0 ? rest : { ...rest, 'x-socketio': extension }
}

import type { NamespaceData } from '../contract/contract.js'
import { listed, misnamed } from '../contract/misnamed.js'
import { label } from './label.js'

/** An object of a namespace's events, or of those of a group. */
export interface Place {
  readonly namespace: NamespaceData
  /** The verb that the events are properties of. */
  readonly verb: 'on' | 'emit'
  /** The keys that lead to the group. */
  readonly keys: readonly string[]
}

/** Names that runtimes, test runners and loggers read of any value. */
const PROBED =
  /^(then|toJSON|toString|valueOf|constructor|prototype|name|length|apply|bind|call|hasOwnProperty|inspect|asymmetricMatch|\$\$typeof|nodeType|nodeName|tagName|_isMockFunction|@@.*)$/

const directionOf = ({ verb }: Place) => (verb === 'on' ? 'input' : 'output')

/** Returns the value of a property that is no event: a function that throws, with a sentence that names the events there are. */
export const unknownMember = (place: Place, key: string | symbol): unknown => {
  if (typeof key === 'symbol' || PROBED.test(key)) return undefined
  return () => {
    const { verb, keys, namespace } = place
    const path = [...keys, key].join('.')
    const direction = directionOf(place)
    const home = namespace.name === '/' ? 'the contract' : namespace.name
    const problem = misnamed(path, direction, namespace, `${home} has no such ${direction}`)
    throw new TypeError(`ackwire: ${verb}.${path}: ${problem}`)
  }
}

/**
 * Returns a function that can be given events as properties, so that one may be called `name` or `constructor`. It throws if it is
 * called, as plain Socket.IO is: `on('add', …)`.
 */
export const eventHolder = (place: Place, text: string): object => {
  const { verb, keys, namespace } = place
  const holder = (event: unknown): never => {
    const path = [verb, ...keys].join('.')
    const name = [...keys, ...(typeof event === 'string' ? [event.replaceAll(':', '.')] : [])].join('.')
    const direction = directionOf(place)
    const isKnown = namespace.events.some(
      entry => entry.direction === direction && entry.keys.join('.') === name && typeof event === 'string',
    )
    const advice = isKnown ? `${verb}.${name}(…)` : `${path}.EVENT(…); ${listed(name, direction, namespace)}`
    throw new TypeError(`ackwire: ${path}(…): events are properties; write ${advice}`)
  }
  for (const key of Reflect.ownKeys(holder)) Reflect.deleteProperty(holder, key)
  return label(Object.setPrototypeOf(holder, null) as object, text)
}

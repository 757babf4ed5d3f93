import { inspect } from 'node:util'

/**
 * Returns members by which an object is a short text where it is logged, serialized or converted to a primitive: selections
 * hold selections without end, and the objects of events have no prototype that could convert them.
 */
export const labelled = (text: string) => ({
  toJSON: () => text,
  [Symbol.toPrimitive]: () => text,
  [inspect.custom]: () => text,
})

/** Adds those members to an object that has events as properties, so that they are not listed with them. */
export const label = <Target extends object>(target: Target, text: string): Target => {
  const members = labelled(text)
  for (const key of Reflect.ownKeys(members))
    Object.defineProperty(target, key, { value: Reflect.get(members, key), configurable: true })
  return target
}

import { useEffect, useLayoutEffect, useState } from 'react'

/**
 * An effect that has run before any event can come: React may run its other effects only after the next paint. On a server,
 * where there are none, React 18 warns of the early one.
 */
export const useEarlyEffect = 'document' in globalThis ? useLayoutEffect : useEffect

/** The same array for as long as its elements are the same, also where React forgets what is only memoized. */
export const useLasting = <Parts extends readonly unknown[]>(parts: Parts): Parts => {
  const [lasting, setLasting] = useState(parts)
  if (parts.every((part, index) => Object.is(part, lasting[index]))) return lasting
  setLasting(parts)
  return parts
}

import { useEffect, useLayoutEffect, useState } from 'react'

/**
 * Runs before any event can arrive, where React may delay other effects until the next paint. On a server React 18 would warn
 * about a layout effect.
 */
export const useEarlyEffect = 'window' in globalThis ? useLayoutEffect : useEffect

/** Returns the same array while its elements are the same, even if React discards memoized values. */
export const useLasting = <Parts extends readonly unknown[]>(parts: Parts): Parts => {
  const [lasting, setLasting] = useState(parts)
  if (parts.every((part, index) => Object.is(part, lasting[index]))) return lasting
  setLasting(parts)
  return parts
}

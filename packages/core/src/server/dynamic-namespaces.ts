import type { Namespace, Server } from 'socket.io'
import { shapeOf } from '../contract/names.js'
import { hold, isCleanedUp, removeWhenEmpty } from './transient.js'

/** A pattern that Socket.IO makes namespaces by. */
interface Claim {
  /** Has the listeners and middleware of all namespaces that are made by the pattern. */
  readonly parent: Namespace
  /** Whether a name is one of those; absent while no binding has the pattern. */
  fits: ((name: string) => boolean) | undefined
}

/** The patterns of a server, for good: Socket.IO takes none back. */
const claimed = new WeakMap<Server, Map<string, Claim>>()

/**
 * Has Socket.IO make the namespaces that fit a pattern, when a client or the server first names one. What it has no
 * namespace for it refuses by itself ("Invalid namespace"), and keeps nothing of, so that no peer can fill the memory
 * with namespaces of names that their schema refuses.
 */
export const claimPattern = (io: Server, name: string, fits: (name: string) => boolean): Namespace => {
  const claims = claimed.get(io) ?? new Map<string, Claim>()
  claimed.set(io, claims)
  const shape = shapeOf(name)
  const claim = claims.get(shape) ?? make(io)
  claims.set(shape, claim)
  if (claim.fits !== undefined)
    throw new TypeError(`ackwire: attach: ${name} is bound already, and a pattern has one binding; detach it first`)
  claim.fits = fits
  return claim.parent
}

/** Lets go of a pattern: from now on no namespace is made by it, and another binding can have it. */
export const releasePattern = (io: Server, name: string): void => {
  const claim = claimed.get(io)?.get(shapeOf(name))
  if (claim !== undefined) claim.fits = undefined
}

const make = (io: Server): Claim => {
  const fits = (name: string): boolean => claim.fits?.(name) === true
  const exec = (name: string): readonly string[] | null => (fits(name) ? [name] : null)
  // All of JavaScript that asks a RegExp whether it matches calls its `exec`. A function in its place would decide, too, but
  // Socket.IO asks functions for what clients name, and not for what the server does.
  const claim: Claim = { parent: io.of(Object.defineProperty(/^/, 'exec', { value: exec })), fits: undefined }
  tellClients(io, claim.parent, fits)
  return claim
}

/** Whether a name is allowed, as Socket.IO asks for it. */
type Ask = (name: string, auth: unknown, next: (error: null, isAllowed: boolean) => void) => void

/** Has those namespaces of a pattern go with refused clients that exist because a client, and not the server, has named them. */
const tellClients = (io: Server, parent: Namespace, fits: (name: string) => boolean): void => {
  const { _nsps: namespaces } = io
  const parents: unknown = Reflect.get(io, 'parentNsps')
  const createChild: unknown = Reflect.get(parent, 'createChild')
  if (!(parents instanceof Map) || typeof createChild !== 'function') return
  // It asks by the RegExp in both cases, so another question stands in the place of that for clients.
  const [asked] = [...parents].find(([, each]) => each === parent) ?? []
  let isClient = false
  const ask: Ask = (name, _, next) => {
    isClient = true
    try {
      next(null, fits(name))
    } finally {
      isClient = false
    }
  }
  parents.delete(asked)
  parents.set(ask, parent)
  Object.assign(parent, {
    createChild(name: string): unknown {
      const isAsked = isClient
      // Listeners for new namespaces may make more of them.
      isClient = false
      const child: unknown = createChild.call(parent, name)
      const made = namespaces.get(name)
      if (made === undefined || made !== child) return child
      if (!isAsked) hold(made)
      if (isAsked || isCleanedUp(io)) removeWhenEmpty(made, parent)
      return child
    },
  })
}

/** The namespaces that a server has. Socket.IO has no other list of them; its own admin UI reads this one, too. */
export const namespacesOf = ({ _nsps: namespaces }: Server): Iterable<Namespace> => namespaces.values()

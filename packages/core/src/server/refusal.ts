import { declaredErrorsOf, invalidReply, standardFailure, type DeclaredErrors } from '../codec/failure.js'
import type { Compiling } from '../codec/codec-options.js'
import type { NamespaceData } from '../contract/contract.js'
import { EventError, type Failure } from '../wire.js'
import { RETRY_AFTER_MS } from './limits/pending-handshakes.js'
import { wireFormOf } from './outbound/wire-form.js'

/** Compiles the errors with which `authenticate` can refuse a client. */
export const refusalsIn = ({ name, options }: NamespaceData, setting: Compiling): DeclaredErrors =>
  declaredErrorsOf(
    { name: 'authenticate', errors: options.errors ?? {}, path: name },
    { codecFor: setting.codecFor, maxIssues: setting.maxIssues },
    "to the router's errors",
  )

/** The `connect_error` of a client. */
type Refused = Error & { readonly data: Failure }

/** Returns the refusal that the contract declares; an error instead if its data can't be sent. */
export const refusalOf = (
  thrown: unknown,
  errors: DeclaredErrors,
): { readonly refusal?: Refused; readonly error?: unknown } => {
  const failure = errors.failureOf(thrown)
  if (failure === undefined) return {}
  try {
    const data = failure.data === undefined ? {} : { data: wireFormOf(failure.data, '/0', invalidReply) }
    return { refusal: Object.assign(new Error(failure.message), { data: { ...failure, ...data } }) }
  } catch (error) {
    return { error }
  }
}

/** The error that Socket.IO sends as `connect_error`: its `data` is the failure, in which nothing internal stands. */
export const connectErrorOf = (error: unknown): Refused => {
  const own = ownError(error)
  const issues = own !== undefined && own.issues.length > 0 ? own.issues : undefined
  const failure = standardFailure(codeOf(own), issues)
  const data = failure.code === 'OVERLOADED' ? { ...failure, data: { retryAfterMs: RETRY_AFTER_MS } } : failure
  return Object.assign(new Error(failure.message), { data })
}

const codeOf = (own: EventError | undefined): 'TIMEOUT' | 'OVERLOADED' | 'UNAUTHORIZED' =>
  own?.code === 'TIMEOUT' || own?.code === 'OVERLOADED' ? own.code : 'UNAUTHORIZED'

/** The error if it is one of the binding's own. What `authenticate` throws can be a proxy that throws when it is looked at. */
const ownError = (error: unknown): EventError | undefined => {
  try {
    return error instanceof EventError && OWN.has(error.code) ? error : undefined
  } catch {
    return undefined
  }
}

const OWN: ReadonlySet<string> = new Set(['TIMEOUT', 'OVERLOADED', 'UNAUTHORIZED'])

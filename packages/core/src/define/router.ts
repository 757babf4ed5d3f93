import { Kind, type TObject, type TSchema, type TUnknown } from '@sinclair/typebox'
import type {
  WithConventions,
  DeclaredTypes,
  Router,
  RouterData,
  RouterOptions,
  UncheckedEntries,
} from '../contract/contract.js'
import { clientContractOf } from '../codec/client-codec.js'
import { copyOf } from '../codec/objects.js'
import { isPlainObject, kindOf, throwDefinitionError, assertKnownKeys } from '../definition-error.js'
import { namespacesOf } from './namespaces.js'
import type { AckForm } from '../contract/ack.js'
import { limitOf } from '../contract/limit.js'
import type { ErrorSchemas } from '../contract/types.js'
import type { ClientContract } from '../contract/client-contract.js'

/**
 * Makes a contract from events, groups and namespaces. A contract is frozen data: it opens no connection and holds no
 * handler, so the server, a browser and a test can import the same file.
 *
 * @throws TypeError for a definition that cannot work, with the path to the entry.
 * @example
 * const api = router({ ping: event.input().ack(), todo: router({ create: event.input(Type.String()).ack(Type.Integer())
 * }) })
 */
export const router = <
  const Entries extends UncheckedEntries,
  Auth extends TSchema = TUnknown,
  Params extends TObject | TUnknown = TUnknown,
  const Acks extends AckForm | undefined = undefined,
  Errors extends ErrorSchemas = {},
>(
  entries: Entries,
  options: RouterOptions<Auth, Params, Acks, Errors> = {},
): Router<WithConventions<DeclaredTypes<Entries, Auth, Params>, Acks, Errors>> => {
  checkOptions(options)
  const { limit } = options
  const own: RouterOptions = Object.freeze({
    ...options,
    ...(limit !== undefined && { limit: limitOf(limit, 'router options limit') }),
  })
  const data: RouterData = {
    entries: Object.freeze(copyOf(entries)),
    options: own,
    namespaces: Object.freeze(namespacesOf(entries, own)),
  }
  const clientContracts = new Map<string, ClientContract>()
  const clientContract = (name: string): ClientContract => {
    const known = clientContracts.get(name)
    if (known !== undefined) return known
    const namespace = data.namespaces.find(each => each.name === name)
    if (namespace === undefined) throw new TypeError(`ackwire: the contract has no such namespace: ${name}`)
    const made = clientContractOf(namespace)
    clientContracts.set(name, made)
    return made
  }
  return Object.freeze({ '~router': Object.freeze(data), '~peer': clientContract })
}

const OPTIONS: ReadonlySet<string> = new Set<keyof RouterOptions>([
  'auth',
  'errors',
  'params',
  'limit',
  'traceContext',
  'acks',
  'description',
  'tags',
  'externalDocs',
  'security',
])

const checkOptions = (options: unknown): void => {
  if (!isPlainObject(options))
    return throwDefinitionError('router options', `expected an object, got ${kindOf(options)}`)
  if (Kind in options)
    throwDefinitionError('router options', 'expected an object, got a TypeBox schema; write { auth: schema }')
  assertKnownKeys(options, OPTIONS, 'router options')
  const { traceContext = false, acks = 'value', errors = {} } = options
  if (!isPlainObject(errors) || Kind in errors)
    throwDefinitionError(
      'router options errors',
      `expected an object of schemas by code, such as { TOKEN_EXPIRED: Type.String() }, got ${kindOf(errors)}`,
    )
  if (acks !== 'value' && acks !== 'error-first')
    throwDefinitionError(
      'router options acks',
      `expected "value" or "error-first", got ${typeof acks === 'string' ? JSON.stringify(acks) : kindOf(acks)}`,
    )
  if (typeof traceContext !== 'boolean')
    throwDefinitionError('router options traceContext', `expected true or false, got ${kindOf(traceContext)}`)
}

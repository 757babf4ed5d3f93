import { type AsyncApiDocument, document } from '@ackwire/docs'
import {
  EMPTY_NAMESPACE as EMPTY,
  contractOf,
  isJson,
  type Api,
  type ApiNamespace,
  type Contract,
} from '@ackwire/docs/tooling'
import { buildContract } from '../evaluate/build-contract.js'
import { withFormats } from '../evaluate/format-loop.js'
import { parseContract } from '../evaluate/parse-contract.js'
import { messageOf } from '../terminal/problem.js'
import { bounded } from './bounded.js'
import { routerIn } from './contract.js'

/** Renders the document of an imported contract. The contract is built from its syntax tree, and not run. */
export const renderImported = async ({ text }: Contract): Promise<AsyncApiDocument> => {
  const program = await parseContract(text)
  return withFormats(program, () =>
    bounded('the contract', () => {
      const exports = Object.fromEntries(buildContract(program))
      const { docs } = exports
      const router = routerIn({ exports, inputs: [] }, 'the contract', undefined)
      return document(router, isJson(docs) ? docs : {})
    }),
  )
}

/** The time limit for finding the events that keep a contract from loading, in milliseconds. */
const SEARCH_MS = 20_000

/** Returns the reasons why an imported contract can't be loaded, with the events that cause them; empty if it can. */
export const problemsOf = async (contract: Contract, api: Api): Promise<readonly string[]> => {
  const end = Date.now() + SEARCH_MS
  const whole = await problemOf(contract)
  if (whole === undefined) return []
  // A fault of the whole document is that of each event, too.
  const withoutEvents = await problemOf(contractOf({ ...api, namespaces: [] }))
  if (withoutEvents !== undefined) return [withoutEvents]
  const problems: string[] = []
  for (const namespace of api.namespaces) {
    for (const event of namespace.events) {
      if (Date.now() > end) return [...problems, whole]
      const { name, parameters } = namespace
      const alone: ApiNamespace = { ...EMPTY, name, parameters, events: [event] }
      const problem = await problemOf(contractOf({ ...api, namespaces: [alone] }))
      if (problem !== undefined) problems.push(`${name} ${event.name}: ${problem}`)
    }
  }
  return problems.length > 0 ? [...new Set(problems)] : [whole]
}

const problemOf = async (contract: Contract): Promise<string | undefined> => {
  try {
    await renderImported(contract)
    return undefined
  } catch (error) {
    return messageOf(error).replace(/^ackwire: /, '')
  }
}

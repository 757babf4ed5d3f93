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

/** The document of a contract that was made of another document. The contract is built from what its text says, and not run. */
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

/** How long it is looked for which events a contract can't be loaded for, in milliseconds. */
const SEARCH_MS = 20_000

/** Why a contract that was made of a document can't be loaded, with the events that it is for; none where it can. */
export const problemsOf = async (contract: Contract, api: Api): Promise<readonly string[]> => {
  const end = Date.now() + SEARCH_MS
  const whole = await problemOf(contract)
  if (whole === undefined) return []
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
  return problems.length > 0 ? problems : [whole]
}

const problemOf = async (contract: Contract): Promise<string | undefined> => {
  try {
    await renderImported(contract)
    return undefined
  } catch (error) {
    return messageOf(error).replace(/^ackwire: /, '')
  }
}

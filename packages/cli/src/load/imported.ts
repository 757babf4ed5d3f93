import { document } from '@ackwire/docs'
import {
  type Contract,
  contractOf,
  EMPTY_NAMESPACE as EMPTY,
  type Api,
  type ApiNamespace,
  isJson,
} from '@ackwire/docs/tooling'
import { messageOf } from '../problem.js'
import { loadText, routerIn } from './contract.js'

/** Why a contract that was made of a document can't be loaded, with the events that it is for; none where it can. */
export const problemsOf = async ({ text }: Contract, api: Api): Promise<readonly string[]> => {
  const whole = await problemOf(text)
  if (whole === undefined) return []
  const problems: string[] = []
  for (const namespace of api.namespaces) {
    for (const event of namespace.events) {
      const { name, parameters } = namespace
      const alone: ApiNamespace = { ...EMPTY, name, parameters, events: [event] }
      const problem = await problemOf(contractOf({ ...api, namespaces: [alone] }).text)
      if (problem !== undefined) problems.push(`${name} ${event.name}: ${problem}`)
    }
  }
  return problems.length > 0 ? problems : [whole]
}

const problemOf = async (text: string): Promise<string | undefined> => {
  try {
    const module = await loadText(text)
    const { docs } = module.exports
    document(routerIn(module, 'the contract', undefined), isJson(docs) ? docs : {})
    return undefined
  } catch (error) {
    // The text stands in no file whose name would say something.
    return messageOf(error)
      .replace(/^\S*imported\.ts(?::\d+)*: /, '')
      .replace(/^ackwire: /, '')
  }
}

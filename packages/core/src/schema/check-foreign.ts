import { throwDefinitionError } from '../definition-error.js'
import type { Foreign } from './foreign.js'

/** Throws for a schema of another library that can't be documented, or can't convert the values that the server sends. */
export const checkForeign = ({ library, problem, oneWay }: Foreign, path: string, isSent: boolean): void => {
  if (problem !== undefined) throwDefinitionError(`${path}${problem.step}`, `${library}: ${problem.message}`)
  if (isSent && oneWay !== undefined) throwDefinitionError(path, oneWay)
}

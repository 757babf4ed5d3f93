import { isJson } from '../parse/json.js'

/** Returns notes on the integers of a document beyond 2⁵³, which JavaScript may have rounded. */
export const roundedIn = (value: unknown, path = ''): readonly string[] => {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    return [`${path}: ${value} is an integer beyond 2^53, which may have been rounded`]
  if (Array.isArray(value)) return value.flatMap((part, index) => roundedIn(part, `${path}[${index}]`))
  if (!isJson(value)) return []
  return Object.entries(value).flatMap(([key, part]) => roundedIn(part, path === '' ? key : `${path}.${key}`))
}

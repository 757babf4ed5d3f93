import { isJson, type Json, jsonOf } from './json.js'
import { without } from './metadata.js'

/** The schema of a parameter: its own, which stands beside the words in AsyncAPI 3, or one made of these. */
export const parameterSchema = (parameter: Json): Json => {
  const own = jsonOf(parameter['x-socketio'])['schema'] ?? parameter['schema']
  const words = without(parameter, ['location', 'schema', 'x-socketio'])
  return isJson(own) ? { ...words, ...own } : { type: 'string', ...words }
}

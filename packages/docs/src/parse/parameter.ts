import { isJson, type Json, jsonOf } from './json.js'
import { without } from './metadata.js'

/** Returns a parameter's schema: in AsyncAPI 3 that of our extension, or one derived from the parameter's fields. */
export const parameterSchema = (parameter: Json): Json => {
  const own = jsonOf(parameter['x-socketio'])['schema'] ?? parameter['schema']
  const words = without(parameter, ['location', 'schema', 'x-socketio'])
  return isJson(own) ? { ...words, ...own } : { type: 'string', ...words }
}

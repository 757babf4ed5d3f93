import { isJson, property } from '../../../parse/json.js'
import type { Resolve } from '../../../parse/reference.js'
import { propertiesOf } from '../../document/schema.js'

/** Returns a value with the defaults of the properties that it lacks. The server fills them in, but a client's types require them. */
export const filledWith = (schema: unknown, value: unknown, resolve: Resolve): unknown => {
  const own = resolve(schema).value
  const properties = propertiesOf(own)
  const given = value ?? property(own, 'default') ?? (properties.length > 0 ? {} : undefined)
  if (!isJson(given) || Object.getPrototypeOf(given) !== Object.prototype) return given
  const filled = properties.flatMap(({ name, schema: part, isRequired }) => {
    const preset = property(resolve(part).value, 'default')
    const isWanted = given[name] !== undefined || isRequired || preset !== undefined
    return isWanted ? [[name, filledWith(part, given[name], resolve)] as const] : []
  })
  return { ...given, ...Object.fromEntries(filled.filter(([, each]) => each !== undefined)) }
}

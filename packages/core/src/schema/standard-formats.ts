/**
 * Registers the string formats of JSON Schema with TypeBox.
 *
 * @module
 */

import * as formats from '@hyperjump/json-schema-formats'
import { FormatRegistry } from '@sinclair/typebox'
import type { StandardFormat } from './formats.js'

const CHECKS: Readonly<Record<StandardFormat, (value: string) => boolean>> = {
  'date-time': formats.isDateTime,
  date: formats.isDate,
  time: formats.isTime,
  duration: formats.isDuration,
  email: formats.isEmail,
  'idn-email': isIdnEmail,
  hostname: formats.isHostname,
  'idn-hostname': isInternational,
  ipv4: formats.isIPv4,
  ipv6: formats.isIPv6,
  uri: formats.isUri,
  'uri-reference': formats.isUriReference,
  iri: formats.isIri,
  'iri-reference': formats.isIriReference,
  uuid: formats.isUuid,
  'uri-template': formats.isUriTemplate,
  'json-pointer': formats.isJsonPointer,
  'relative-json-pointer': formats.isRelativeJsonPointer,
  regex: formats.isRegex,
  password: () => true,
}

/**
 * Checks a hostname of RFC 5890 with the URL parser of the platform. The check of the library prints the errors it
 * catches, with a value that a client has chosen.
 */
function isInternational(hostname: string): boolean {
  if (hostname.length > 255 || /[\s\p{Cc}#%/:?@\\[\]]/u.test(hostname)) return false
  try {
    return formats.isHostname(new URL(`ws://${hostname}`).hostname)
  } catch {
    return false
  }
}

/**
 * Checks an email address of RFC 6531, which may have letters beyond ASCII. They are replaced by `a` before the check,
 * because the time of the pattern in the library doubles with each such letter.
 */
function isIdnEmail(address: string): boolean {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at).replaceAll(/[^\0-\x7f]/gu, 'a')
  const domain = address.slice(at + 1)
  return at > 0 && formats.isEmail(`${local}@example.com`) && isInternational(domain)
}

/**
 * Registers the standard formats with TypeBox, except for those that the application has registered itself. `attach`
 * calls it; a client with the contract checks only the formats that are registered when it first uses a schema.
 */
export const registerFormats = (): void => {
  for (const [name, check] of Object.entries(CHECKS)) {
    if (!FormatRegistry.Has(name)) FormatRegistry.Set(name, check)
  }
}

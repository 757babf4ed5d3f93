/**
 * The formats of strings that JSON Schema names, for TypeBox.
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

/** RFC 5890, as the platform's own URL parser reads it. The library's check prints what it catches, and a client chooses what that is. */
function isInternational(hostname: string): boolean {
  if (hostname.length > 255 || /[\s\p{Cc}#%/:?@\\[\]]/u.test(hostname)) return false
  try {
    return formats.isHostname(new URL(`ws://${hostname}`).hostname)
  } catch {
    return false
  }
}

/**
 * RFC 6531: as an email, but with letters beyond ASCII. The library's own pattern takes time that doubles with each such
 * letter, so they are replaced for the pattern of ASCII addresses, which takes none to speak of.
 */
function isIdnEmail(address: string): boolean {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at).replaceAll(/[^\0-\x7f]/gu, 'a')
  const domain = address.slice(at + 1)
  return at > 0 && formats.isEmail(`${local}@example.com`) && isInternational(domain)
}

/**
 * Makes the standard formats known to TypeBox, but for those that the application has registered itself. A server does it
 * when it attaches; a client that has the contract checks only the formats that are registered when it first uses a schema.
 */
export const registerFormats = (): void => {
  for (const [name, check] of Object.entries(CHECKS)) {
    if (!FormatRegistry.Has(name)) FormatRegistry.Set(name, check)
  }
}

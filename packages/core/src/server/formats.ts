import * as formats from '@hyperjump/json-schema-formats'
import { FormatRegistry } from '@sinclair/typebox'
import type { StandardFormat } from '../formats.js'

const CHECKS: Readonly<Record<StandardFormat, (value: string) => boolean>> = {
  'date-time': formats.isDateTime,
  date: formats.isDate,
  time: formats.isTime,
  duration: formats.isDuration,
  email: formats.isEmail,
  'idn-email': formats.isIdnEmail,
  hostname: formats.isAsciiIdn,
  'idn-hostname': formats.isIdn,
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

/** Makes the standard formats known to TypeBox, but for those that the application has registered itself. */
export const registerFormats = (): void => {
  for (const [name, check] of Object.entries(CHECKS)) {
    if (!FormatRegistry.Has(name)) FormatRegistry.Set(name, check)
  }
}

import { stringify, type ScalarTag, type Tags } from 'yaml'
import { stringifyString } from 'yaml/util'
import { escapeCodePoint, printable, printableSource } from '../untrusted/printable.js'

/** The format of a written document. */
export type Format = 'yaml' | 'json'

/** Writes a document as text. The YAML means the same in YAML 1.1 and 1.2, and has no anchors. Invisible characters are escaped. */
export const write = (content: object, format: Format): string =>
  format === 'json'
    ? `${printableSource(JSON.stringify(content, null, 2))}\n`
    : stringify(content, { compat: 'yaml-1.1', aliasDuplicateObjects: false, lineWidth: 0, customTags })

const STRING = 'tag:yaml.org,2002:str'

/**
 * A replacement for the library's own tag, without its copy of each string, which takes most of the time for a large document.
 */
const string: ScalarTag = {
  tag: STRING,
  default: true,
  identify: value => typeof value === 'string',
  resolve: text => text,
  stringify(item, context, ...told) {
    // Only this tag reads the field.
    context.actualString = true
    // Both versions of YAML support the escapes of JSON, except surrogate pairs.
    if (typeof item.value === 'string' && printable(item.value) !== item.value)
      return printableSource(JSON.stringify(item.value), escapeCodePoint)
    return stringifyString(item, context, ...told)
  },
}

const customTags = (tags: Tags): Tags => tags.map(tag => (typeof tag === 'object' && tag.tag === STRING ? string : tag))

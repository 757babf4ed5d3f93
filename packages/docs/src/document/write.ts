import { stringify, type ScalarTag, type Tags } from 'yaml'
import { stringifyString } from 'yaml/util'
import { escapeCodePoint, printable, printableSource } from '../untrusted/printable.js'

/** How the document is written. */
export type Format = 'yaml' | 'json'

/** Writes a document. The YAML means the same to readers of YAML 1.1 and 1.2, and has no anchors. Invisible characters stand as escapes. */
export const write = (content: object, format: Format): string =>
  format === 'json'
    ? `${printableSource(JSON.stringify(content, null, 2))}\n`
    : stringify(content, { compat: 'yaml-1.1', aliasDuplicateObjects: false, lineWidth: 0, customTags })

const STRING = 'tag:yaml.org,2002:str'

/** The library's own, but for what it copies at each string: that takes most of the time which a large document needs. */
const string: ScalarTag = {
  tag: STRING,
  default: true,
  identify: value => typeof value === 'string',
  resolve: text => text,
  stringify(item, context, ...told) {
    // Only strings read it.
    context.actualString = true
    // Both versions of YAML read the escapes of JSON, but for those of two units.
    if (typeof item.value === 'string' && printable(item.value) !== item.value)
      return printableSource(JSON.stringify(item.value), escapeCodePoint)
    return stringifyString(item, context, ...told)
  },
}

const customTags = (tags: Tags): Tags => tags.map(tag => (typeof tag === 'object' && tag.tag === STRING ? string : tag))

import { jsonOf } from '@ackwire/docs/tooling'
import { type Document, isScalar } from 'yaml'

/** The texts of a document that YAML takes for numbers without quotes, such as `version: 1.0`. */
const TEXTS = [['asyncapi'], ['info', 'version'], ['info', 'title']] as const

/** Returns true if one of these texts has become a number, which no longer says how it was written. */
export const hasNumberForText = (content: unknown): boolean =>
  TEXTS.some(path => typeof path.reduce((part: unknown, key) => jsonOf(part)[key], content) === 'number')

/** Restores these texts as they are written. */
export const restoreTexts = (parsed: Document.Parsed): void => {
  for (const path of TEXTS) {
    const node: unknown = parsed.getIn(path, true)
    if (isScalar(node) && typeof node.value === 'number') node.value = node.source ?? String(node.value)
  }
}

import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { printable, printableLine, printableSource } from '../src/untrusted/printable.js'

describe('a printable string', it => {
  it('has an escape for each control or invisible character', () => {
    for (const [text, shown] of [
      ['\u0000\u0007\u001B[31m\u007F', String.raw`\u0000\u0007\u001b[31m\u007f`],
      ['\u0085\u009B', String.raw`\u0085\u009b`],
      ['\u2028\u2029', String.raw`\u2028\u2029`],
      [
        '\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E',
        String.raw`\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e`,
      ],
      ['\u2066\u2067\u2068\u2069', String.raw`\u2066\u2067\u2068\u2069`],
      ['\u200B\u2060\uFEFF\u00AD\u3164\u180E', String.raw`\u200b\u2060\ufeff\u00ad\u3164\u180e`],
      ['\u{E0041}\u{E0100}\uD800', String.raw`\udb40\udc41\udb40\udd00\ud800`],
      ['\uE000\u{F0000}', String.raw`\ue000\udb80\udc00`],
      ['a\r\nb\tc', String.raw`a\r\nb\tc`],
    ] as const)
      assert.is(printableLine(text), shown)
  })

  it('is unchanged if every character is visible', () => {
    const text = 'Größe: 日本 नमस्ते שלום 😀 ❤️ “…” \\u202e \u00A0'
    assert.is(printableLine(text), text)
  })

  it('keeps line breaks if it may have several lines', () => {
    assert.is(printable('a\r\nb\u001B\n\u2028c'), 'a\nb\\u001b\n\\u2028c')
  })

  it('has the same value as source', () => {
    const value = { ['a\u202E']: 'b\u2028\u{E0041}\u0085\n' }
    const source = printableSource(JSON.stringify(value, null, 2))
    assert.equal(JSON.parse(source), value)
    assert.match(source, /^[\n -~]*$/)
  })
})

import * as assert from 'uvu/assert'
import { describe } from './harness.js'
import { blocksIn, filesIn } from './readme.js'

const block = (...lines: string[]) => ['```ts', ...lines, '```', ''].join('\n')

describe('the files a document shows', it => {
  it('are its code blocks, named by their first line or their number', () => {
    const markdown = [
      'Text',
      block('// contract.ts', 'export const a = 1', '', 'export const b = 2'),
      block('const loose = 1'),
      '```json\n// data.ts\n```',
      block('// server/main.ts', "import './a.js'"),
      block('// page.tsx', 'export const page = <main />').replace('ts', 'tsx'),
      block('const loose = <main />').replace('ts', 'tsx'),
    ].join('\n')
    assert.equal(
      [...filesIn(markdown)],
      [
        ['contract.ts', '// contract.ts\nexport const a = 1\n\nexport const b = 2\n'],
        ['block-2.ts', 'const loose = 1\n'],
        ['server/main.ts', "// server/main.ts\nimport './a.js'\n"],
        ['page.tsx', '// page.tsx\nexport const page = <main />\n'],
        ['block-5.tsx', 'const loose = <main />\n'],
      ],
    )
  })

  it('print what a text block directly behind them shows', () => {
    const output = '```text\none\n\ntwo\n```\n'
    const outputOf = (...parts: string[]) => blocksIn(parts.join('\n'))[0]?.output
    const lines = ['one', '', 'two']
    assert.equal(outputOf(block('1'), output), lines)
    assert.equal(outputOf(block('1'), 'It prints:\n', output), lines)
    assert.is(outputOf(block('1'), 'Something else.\n', output), undefined)
    assert.is(outputOf(block('1'), block('2'), output), undefined)
    assert.is(outputOf(block('1')), undefined)
  })

  it('can’t share a name', () => {
    assert.throws(() => filesIn(block('// a.ts', '1') + block('// a.ts', '2')), /two blocks name a\.ts/)
  })

  it('can’t leave their folder', () => {
    assert.throws(() => filesIn(block('// ../a.ts', '1')), /inside the folder/)
  })
})

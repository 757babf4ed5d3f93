import { event, router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Parser } from '@asyncapi/parser'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { corpus, options } from './corpus.js'
import { contracts, dialects } from './dialects.js'

/** The recommendations of 2.6 that can't be met without data from the user. */
const RECOMMENDED = [
  'asyncapi-tags',
  'asyncapi2-tags',
  'asyncapi-servers',
  'asyncapi-info-contact',
  'asyncapi-info-license',
]

/** Returns the findings of the official parser, except the note about a later version. */
const findings = async (text: string, ...but: readonly string[]): Promise<string[]> => {
  const { diagnostics } = await new Parser().parse(text)
  return diagnostics
    .filter(({ code }) => code !== 'asyncapi-latest-version' && !but.includes(String(code)))
    .map(({ code, severity, path, message }) => `${code} (${severity}) at ${path.join('/')}: ${message}`)
}

const timeoutMs = 300_000

describe('the official parser', it => {
  for (const [dialect, write] of dialects) {
    for (const [name, api, given] of contracts) {
      it(`finds no fault in ${name} as ${dialect}`, { timeoutMs }, async () => {
        assert.equal(await findings(JSON.stringify(write(api, given))), [])
      })
    }

    it(`finds no fault in ${dialect} with no options`, { timeoutMs }, async () => {
      for (const api of [router({}), router({ ping: event.input().ack() })])
        assert.equal(await findings(JSON.stringify(write(api, {})), ...RECOMMENDED), [])
    })
  }

  it('reads the YAML as it reads the JSON', { timeoutMs }, async () => {
    assert.equal(await findings(docs.render(corpus, options)), [])
    assert.equal(await findings(docs.render(corpus, { ...options, version: '2.6.0' })), [])
  })

  it('would find a fault', { timeoutMs }, async () => {
    const broken = docs.render(corpus, options).replace('action: receive', 'action: publish')
    assert.is.not((await findings(broken)).length, 0)
    const older = docs.render(corpus, { ...options, version: '2.6.0' }).replace('publish:', 'receive:')
    assert.is.not((await findings(older)).length, 0)
  })
})

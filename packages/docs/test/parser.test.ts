import { event, router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Parser } from '@asyncapi/parser'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { corpus, options } from './corpus.js'

/** What the official parser finds, but for the note that a later version exists. */
const findings = async (text: string): Promise<string[]> => {
  const { diagnostics } = await new Parser().parse(text)
  return diagnostics
    .filter(({ code }) => code !== 'asyncapi-latest-version')
    .map(({ path, message }) => `${path.join('/')}: ${message}`)
}

describe('the official parser', it => {
  it('finds no fault in a contract with every kind and every feature', { timeoutMs: 60_000 }, async () => {
    assert.equal(await findings(docs.render(corpus, options)), [])
  })

  it('reads the JSON as it reads the YAML', { timeoutMs: 60_000 }, async () => {
    assert.equal(await findings(docs.render(corpus, { ...options, format: 'json' })), [])
  })

  it('finds no fault in an empty contract, nor in one with no options', { timeoutMs: 60_000 }, async () => {
    assert.equal(await findings(docs.render(router({}))), [])
    assert.equal(await findings(docs.render(router({ ping: event.input().ack() }))), [])
  })

  it('would find one', { timeoutMs: 60_000 }, async () => {
    const broken = docs.render(corpus, options).replace('action: receive', 'action: publish')
    assert.is.not((await findings(broken)).length, 0)
  })
})

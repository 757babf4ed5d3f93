/**
 * Takes the picture of the README anew, with two windows side by side:
 *
 *     node --conditions=ackwire-source --import tsx test/screenshot.ts
 *
 * With pngquant it is a third of the size.
 */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { launch } from '../../../test/browser.js'
import { startExample } from '../../../test/example.js'
import { enter } from './visitor.js'

const { url, stop } = await startExample('chat')
const browser = await launch()
const size = { width: 640, height: 480 }
const window = (name: string) => enter(browser, url, name, { viewport: size, reducedMotion: 'reduce', locale: 'en-GB' })
const alice = await window('alice')
const bob = await window('bob')
await alice.says('Hi! Is anybody here?')
await bob.sees('Hi! Is anybody here?')
await bob.says('I am. Did you see that each room is a stream?')
await alice.sees('I am. Did you see that each room is a stream?')
await alice.says('Yes, and it goes on where it was after a reconnect.')
await bob.sees('Yes, and it goes on where it was after a reconnect.')
await bob.page.getByLabel('Message', { exact: true }).pressSequentially('And the names')
await alice.sees('bob is typing …')

const frames = []
for (const { page } of [alice, bob])
  frames.push((await page.screenshot({ animations: 'disabled', caret: 'hide' })).toString('base64'))
const both = await browser.newPage({ viewport: { width: 2 * size.width + 48, height: size.height + 32 } })
const frame = (data: string) =>
  `<img src="data:image/png;base64,${data}" style="border-radius:10px;box-shadow:0 1px 6px #0003">`
await both.setContent(
  `<body style="margin:0;display:flex;gap:16px;padding:16px;background:#dfe3ee">${frames.map(frame).join('')}`,
)
const path = resolve(import.meta.dirname, '../screenshot.png')
await both.screenshot({ path })
spawnSync('pngquant', ['--force', '--strip', '--ext', '.png', path])
await browser.close()
await stop()

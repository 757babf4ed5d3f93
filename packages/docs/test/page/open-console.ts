import type * as docs from '@ackwire/docs'
import type { Page } from 'playwright-core'
import type { TestContext } from '../../../../test/harness.js'
import { type Running, startChat } from './app.js'
import { open, type Opened, show } from '../../../../test/browser.js'

/** The page of a chat, with its console. */
export interface Console extends Opened {
  readonly app: Running
  readonly heard: [event: string, input: unknown][]
  readonly show: (hash: string) => Promise<void>
  readonly panel: ReturnType<Page['getByRole']>
  readonly connect: () => Promise<void>
  readonly press: (name: string) => Promise<void>
}

/** Starts a chat and opens its page at one of its parts. */
export const openConsole = async (
  context: TestContext,
  hash: string,
  given: docs.ServeOptions = {},
  browser: Parameters<typeof open>[2] = {},
): Promise<Console> => {
  const heard: [string, unknown][] = []
  const app = await startChat(given, (name, input) => heard.push([name, input]))
  context.defer(app.close)
  const opened = await open(context, `${app.url}/docs${hash}`, browser)
  const { page } = opened
  const panel = page.getByRole('complementary', { name: 'Console' })
  const press = (name: string) => panel.getByRole('button', { name, exact: true }).click()
  return {
    ...opened,
    app,
    heard,
    panel,
    press,
    show: next => show(page, next),
    connect: async () => {
      await press('Connect')
      await panel.getByText('Connected /').waitFor()
    },
  }
}

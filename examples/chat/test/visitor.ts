import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** Enters the chat under a name, in a browser window with its own storage. */
export const enter = async (browser: Browser, url: string, name: string, options: BrowserContextOptions = {}) => {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const troubles: string[] = []
  page.on('pageerror', error => troubles.push(String(error)))
  page.on('console', message => message.type() === 'error' && troubles.push(message.text()))
  await page.goto(url)
  await enterAs(page, name)
  return {
    page,
    troubles,
    says: async (text: string) => {
      await page.getByLabel('Message', { exact: true }).fill(text)
      await page.getByRole('button', { name: 'Send' }).click()
    },
    goes: (room: string) => page.getByRole('button', { name: room }).click(),
    sees: (text: string) => page.getByText(text, { exact: true }).waitFor(),
  }
}

export const enterAs = async (page: Page, name: string): Promise<void> => {
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Enter' }).click()
}

/** Returns the entries of a list on the page. */
export const listed = (page: Page, label: string): Promise<string[]> =>
  page.getByRole('list', { name: label }).getByRole('listitem').allTextContents()

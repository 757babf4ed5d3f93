import { createClient, safe } from '@ackwire/client'
import { api } from './contract.js'

// With the contract itself, calls are typed without a line of TypeScript, and invalid values are never sent.
const client = createClient(api)

/** @param {string} selector */
const find = selector => /** @type {HTMLElement} */ (document.querySelector(selector))
/** @param {string} text */
const say = text => (find('[role=alert]').textContent = text)

/** @type {Map<string, HTMLButtonElement>} */
const buttons = new Map()

/** @param {string} option */
const buttonOf = option => {
  const known = buttons.get(option)
  if (known) return known
  const button = document.createElement('button')
  button.append(option, document.createElement('b'))
  button.addEventListener('click', async () => {
    const [error] = await safe(client.emit.vote(option))
    say(error?.message ?? '')
    if (!error) for (const other of buttons.values()) other.ariaPressed = String(other === button)
  })
  buttons.set(option, button)
  const item = document.createElement('li')
  item.append(button)
  find('ul').append(item)
  return button
}

client.on.poll(poll => {
  const total = poll.reduce((sum, { votes }) => sum + votes, 0)
  for (const { option, votes } of poll) {
    const button = buttonOf(option)
    button.style.setProperty('--share', `${(100 * votes) / Math.max(total, 1)}%`)
    button.querySelector('b')?.replaceChildren(String(votes))
  }
})

find('form').addEventListener('submit', async submitted => {
  submitted.preventDefault()
  const field = /** @type {HTMLInputElement} */ (find('input'))
  const [error] = await safe(client.emit.suggest(field.value))
  // Each code has its own data.
  if (!error) field.value = ''
  if (error?.code === 'EXISTS') say(`${error.data.option} is already an option.`)
  else if (error?.code === 'FULL') say(`${error.data.most} options are the maximum.`)
  else say(error?.issues[0]?.message ?? error?.message ?? '')
})

client.on.connect(() => {
  find('footer').textContent = 'connected'
  // A vote ends with its connection.
  for (const button of buttons.values()) button.ariaPressed = 'false'
})
client.on.disconnect(() => (find('footer').textContent = 'connecting'))

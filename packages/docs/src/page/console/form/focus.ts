const INPUTS = 'input:not([type=hidden]), textarea, select, button:not(.remove, .chip)'

/**
 * Focuses the field of an issue in the panel of an element. If the field is not shown, as for a key that is missing, or in a form that
 * is shown as JSON, the nearest one around it is focused.
 */
export const focusField = (from: Element, path: string): void => {
  const panel = from.closest('.panel') ?? document.body
  const fields = [...panel.querySelectorAll<HTMLElement>('[data-path]')]
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const field = fields.find(({ dataset }) => dataset['path'] === at)
    const input = field?.querySelector<HTMLElement>(INPUTS) ?? field?.querySelector<HTMLElement>('button')
    if (input !== null && input !== undefined) {
      input.focus()
      // Above the foot, which stays in sight.
      input.scrollIntoView({ block: 'center' })
      return
    }
    if (at === '') return
  }
}

const INPUTS = 'input:not([type=hidden]), textarea, select'

/** Focuses the first input of an element or, without one, its first button. Returns false if it has neither. */
const focusFirst = (element: Element | undefined): boolean => {
  const target =
    element?.querySelector<HTMLElement>(INPUTS) ??
    element?.querySelector('button.add') ??
    element?.querySelector('button')
  target?.focus()
  // Above the foot, which stays in sight.
  target?.scrollIntoView({ block: 'center' })
  return target !== null && target !== undefined
}

const panelOf = (element: Element): Element => element.closest('.panel') ?? document.body

const focusIn = (panel: Element, path: string): void => {
  const fields = [...panel.querySelectorAll<HTMLElement>('[data-path]')]
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/')))
    if (focusFirst(fields.find(({ dataset }) => dataset['path'] === at))) return
  focusFirst(fields.find(({ dataset }) => dataset['path'] === '') ?? panel.querySelector('.call') ?? panel)
}

/**
 * Focuses the field at a path in the panel of an element. If it is not shown, as for a key that is missing, or in a form that is shown
 * as JSON, the nearest one around it is focused.
 */
export const focusField = (from: Element, path: string): void => focusIn(panelOf(from), path)

/** Focuses the field at a path as `focusField` does, once the change that is being made has been rendered. */
export const focusLater = (from: Element, path: string): void => {
  const panel = panelOf(from)
  // After Preact's own microtask, which renders the change.
  queueMicrotask(() => focusIn(panel, path))
}

/** Focuses the button that sends or connects, instead of an element near it that is about to go. */
export const focusMain = (from: Element): void =>
  from.closest('.call, .connection')?.querySelector<HTMLElement>('.send, .connection-head button')?.focus()

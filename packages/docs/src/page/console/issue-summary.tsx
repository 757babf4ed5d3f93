import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { focusField, focusMain } from './form/focus.js'
import type { Issue } from './store/issue.js'

interface SummaryProps {
  readonly title: string
  readonly issues: readonly Issue[]
  /** Sends, connects or answers nevertheless; absent where a text can't be read. */
  readonly anyway?: { readonly label: string; readonly act: () => void } | undefined
}

/** Lists the issues of a form. Each is a link that focuses its field. It is announced once, and not while it is being mended. */
export const IssueSummary = ({ title, issues, anyway }: SummaryProps): VNode => {
  const [said] = useState(`${issues.length === 1 ? '1 issue' : `${issues.length} issues`}: ${title}`)
  return (
    <div class="issue-summary">
      <p class="unseen" role="alert">
        {said}
      </p>
      <p class="notice">
        {title}{' '}
        {anyway !== undefined && (
          <button
            type="button"
            class="link"
            onClick={event => {
              focusMain(event.currentTarget)
              anyway.act()
            }}
          >
            {anyway.label}
          </button>
        )}
      </p>
      <ul aria-label="Issues">
        {issues.map(({ path, message }) => (
          <li key={path + message}>
            <button type="button" class="link" onClick={event => focusField(event.currentTarget, path)}>
              <code>{path === '' ? '/' : path}</code> {message}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

import type { VNode } from 'preact'
import type { Issue } from './store/issue.js'

/** A list of issues with their places. */
export const IssueList = ({ issues }: { readonly issues: readonly Issue[] }): VNode | null =>
  issues.length === 0 ? null : (
    <ul class="issues">
      {issues.map(({ path, message }, index) => (
        <li key={index}>
          <code>{path === '' ? '/' : path}</code> {message}
        </li>
      ))}
    </ul>
  )

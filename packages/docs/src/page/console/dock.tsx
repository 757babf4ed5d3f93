import { signal } from '@preact/signals'
import type { VNode } from 'preact'
import { Arrow } from '../views/badges.js'
import { href } from '../state/route.js'
import { preview, Value } from '../text/value.js'
import { useStore } from './store/context.js'
import { IssueList } from './issue-list.js'
import { filter, isOpen, isShown, isTrouble, shownKinds } from './log-filter.js'
import type { Answer, LogEntry } from './store/log.js'
import { clock } from './outcome.js'

const opened = signal<number | undefined>(undefined)

/** The log of everything sent and received in all namespaces. */
export const Dock = (): VNode => {
  const { log } = useStore()
  const entries = log.entries.value
  const shown = isOpen.value ? entries.filter(isShown) : []
  const troubles = entries.filter(isTrouble).length
  return (
    <section class={isOpen.value ? 'dock open' : 'dock'} aria-label="Live log">
      <div class="dock-head">
        <button
          type="button"
          class="dock-title"
          aria-expanded={isOpen.value}
          onClick={() => {
            isOpen.value = !isOpen.value
          }}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={isOpen.value ? 'm4 6 4 4 4-4' : 'm4 10 4-4 4 4'} />
          </svg>
          Live log <span class="count">{keptOf(entries.length, log.count.value)}</span>
          {troubles > 0 && <span class="count bad">{troubles}</span>}
        </button>
        {isOpen.value ? <Tools /> : <Latest entry={entries[0]} />}
      </div>
      {isOpen.value && (
        <ol class="lines" tabIndex={0} aria-label="Log entries, the latest first">
          {shown.map(entry => (
            <Line entry={entry} key={entry.id} />
          ))}
          {shown.length === 0 && (
            <li class="empty">
              {entries.length === 0
                ? 'Nothing yet. Sent and received events and changes of the connections are listed here.'
                : 'Nothing matches the filter.'}
            </li>
          )}
        </ol>
      )}
    </section>
  )
}

const Latest = ({ entry }: { readonly entry: LogEntry | undefined }): VNode | null =>
  entry === undefined ? null : (
    <span class="latest">
      <code>{entry.name}</code> {preview(entry.args)}
    </span>
  )

const Tools = (): VNode => {
  const { log } = useStore()
  const held = log.held.value
  return (
    <div class="dock-tools">
      <input
        type="search"
        placeholder="Filter"
        aria-label="Filter the log"
        value={filter.value}
        onInput={event => {
          filter.value = event.currentTarget.value
        }}
      />
      <select
        aria-label="Which entries are shown"
        value={shownKinds.value}
        onChange={event => {
          shownKinds.value = event.currentTarget.value as typeof shownKinds.value
        }}
      >
        <option value="all">All</option>
        <option value="received">Received</option>
        <option value="sent">Sent</option>
        <option value="connection">Connections</option>
        <option value="trouble">Troubles</option>
      </select>
      <button
        type="button"
        class="button small"
        aria-pressed={log.isPaused.value}
        onClick={() => log.pause(!log.isPaused.value)}
      >
        {log.isPaused.value ? `Resume${held.all > 0 ? ` (${keptOf(held.kept, held.all)})` : ''}` : 'Pause'}
      </button>
      <button type="button" class="button small" onClick={log.clear}>
        Clear
      </button>
    </div>
  )
}

const Line = ({ entry }: { readonly entry: LogEntry }): VNode => {
  const { id, at, namespace, kind, name, args, event, issues, answer, reply } = entry
  const isWhole = opened.value === id
  return (
    <li class={`line line-${kind} ${isTrouble(entry) ? 'trouble' : ''}`}>
      <button
        type="button"
        class="line-head"
        aria-expanded={isWhole}
        onClick={() => {
          opened.value = isWhole ? undefined : id
        }}
      >
        <time>{clock(at)}</time>
        {kind === 'connection' ? <span class="dot" /> : <Arrow direction={kind === 'sent' ? 'input' : 'output'} />}
        <span class="line-namespace">{namespace}</span>
        <code>{name}</code>
        <span class="line-preview">{preview(args)}</span>
        <Mark entry={entry} answer={answer.value} />
      </button>
      {isWhole && (
        <div class="line-body">
          {event !== undefined && <a href={href({ view: 'event', key: event.id })}>View in the contract</a>}
          {kind === 'received' && event === undefined && (
            <p class="mismatch">The contract does not declare this event.</p>
          )}
          <IssueList issues={issues} />
          {args.length > 0 && <Value value={args.length === 1 ? args[0] : args} label="the sent value" />}
          {answer.value !== undefined && (
            <>
              <h3>{titleOf(entry, answer.value)}</h3>
              <Value value={answer.value.value} label="the answer" />
              <IssueList issues={answer.value.issues} />
            </>
          )}
          {reply !== undefined && answer.value === undefined && event === undefined && (
            <button type="button" class="button small" onClick={() => reply(undefined)}>
              Answer with a receipt
            </button>
          )}
        </div>
      )}
    </li>
  )
}

const titleOf = ({ flow }: LogEntry, { kind }: Answer): string =>
  kind === 'cancelled' ? 'Cancelled' : kind !== 'ack' ? 'Failure' : flow === undefined ? 'Acknowledgement' : 'End'

const Mark = ({ entry, answer }: { readonly entry: LogEntry; readonly answer: Answer | undefined }): VNode | null => {
  if (entry.kind === 'connection') return null
  if (entry.kind === 'received' && entry.event === undefined) return <span class="mark bad">unknown</span>
  if (entry.issues.length > 0 && entry.kind === 'received') return <span class="mark bad">not valid</span>
  if (answer?.kind === 'cancelled') return <span class="mark">cancelled</span>
  if (answer !== undefined && answer.kind !== 'ack')
    return <span class="mark bad">{answer.error?.code ?? answer.kind}</span>
  if (answer !== undefined)
    return (
      <span class="mark good">
        {entry.kind === 'sent' ? `${entry.flow === undefined ? 'ack' : 'end'} ${Math.round(answer.ms)} ms` : 'answered'}
      </span>
    )
  if (entry.reply !== undefined) return <span class="mark wait">wants an answer</span>
  if (entry.kind === 'received') return <span class="mark good">valid</span>
  return entry.event?.isAnswered === true ? (
    <span class="mark wait">{entry.flow === undefined ? 'waiting' : 'streaming'}</span>
  ) : null
}

/** Returns how many are kept of how many. */
const keptOf = (kept: number, all: number): string =>
  kept === all ? all.toLocaleString('en') : `${kept.toLocaleString('en')} of ${all.toLocaleString('en')}`

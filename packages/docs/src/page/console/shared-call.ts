import { useLayoutEffect } from 'preact/hooks'
import { replaceBytes, toBase64 } from '../document/bytes.js'
import type { ApiEvent } from '../document/event.js'
import { dropArgs, href, route } from '../state/route.js'
import { revive } from './store/binary.js'
import { useStore } from './store/context.js'
import { readJson, Unread } from './store/unread.js'

/** Returns a link to the form of an event with its arguments. It never carries the handshake. */
export const linkTo = (event: ApiEvent, args: readonly unknown[]): string => {
  const json = JSON.stringify(replaceBytes(args, toBase64))
  return new URL(href({ view: 'event', key: event.id, args: json }), globalThis.location.href).href
}

/** Fills in the form of an event from a link that carries a call. Nothing is sent. */
export const useSharedCall = (event: ApiEvent, fill: (args: readonly unknown[] | Unread) => void): void => {
  const { resolve } = useStore().api
  const shown = route.value
  const args = shown.view === 'event' && shown.key === event.id ? shown.args : undefined
  useLayoutEffect(() => {
    if (args === undefined) return
    const read = readJson(args)
    fill(
      Array.isArray(read)
        ? read.map((each, at) => revive(resolve, event.args[at]?.schema ?? event.rest, each))
        : read instanceof Unread
          ? read
          : new Unread(args, 'The link carries no list of arguments.'),
    )
    dropArgs()
  }, [args])
}

import { useCall, useClient, useConnection, useEvent } from '@ackwire/client/react'
import type { api } from './contract.js'

export const Room = ({ url }: { readonly url: string }) => {
  const client = useClient<typeof api>(url)
  const { status } = useConnection(client)
  const length = useEvent(client.on.measured)
  const measure = useCall(client.emit.measure)
  return (
    <p>
      {status} <button onClick={() => void measure.call('four')}>measure</button> {length}
    </p>
  )
}

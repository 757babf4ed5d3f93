import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** Opens a proxy to a local server whose connections can be cut and restored. */
export const lineTo = async (url: string) => {
  const ends = new Set<Socket>()
  const server = createServer(near => {
    const far = connect(Number(new URL(url).port), 'localhost')
    for (const end of [near, far])
      ends.add(end.on('error', () => {}).on('close', () => (near.destroy(), far.destroy())))
    near.pipe(far).pipe(near)
  }).listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    cut: (): void => {
      server.close()
      ends.forEach(end => end.destroy())
    },
    mend: () => server.listen(port),
  }
}

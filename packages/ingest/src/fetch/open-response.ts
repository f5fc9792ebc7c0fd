import { request as requestPlain, type IncomingMessage } from 'node:http'
import { request as requestTls } from 'node:https'
import { isIP } from 'node:net'
import { FetchFault } from './fetch-fault.ts'
import { checkedAddress, type Permission, type Resolve } from './resolve-host.ts'

const CONNECT_MS = 10_000
const HEADERS_MS = 30_000

export type OpenOptions = {
  readonly headers: Readonly<Record<string, string>>
  readonly resolve: Resolve
  readonly isPermitted: Permission
  /** Aborts the request at any stage. */
  readonly signal: AbortSignal
}

/**
 * Sends one GET and returns the response once its headers are there; the body is still to be read. Connects to the very
 * address that was checked, with the host's own name and certificate.
 */
export async function openResponse(url: URL, options: OpenOptions): Promise<IncomingMessage> {
  const address = await checkedAddress(url.hostname, options.resolve, options.isPermitted)
  const family = isIP(address) === 6 ? 6 : 4
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestTls : requestPlain
    const request = send(url, {
      agent: false,
      headers: options.headers,
      signal: options.signal,
      rejectUnauthorized: true,
      lookup: (_host, { all }, found) => {
        // Node requests one address or a list, depending on its version and settings.
        if (all === true) found(null, [{ address, family }])
        else found(null, address, family)
      },
    })
    const abort = (what: string): void => void request.destroy(new FetchFault(`${url.host} ${what}.`, true))
    const connecting = setTimeout(() => abort('did not accept the connection within 10 s'), CONNECT_MS)
    const waiting = setTimeout(() => abort('sent no response within 30 s'), HEADERS_MS)
    const clearTimers = (): void => {
      clearTimeout(connecting)
      clearTimeout(waiting)
    }
    request.once('socket', (socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        clearTimeout(connecting)
        // Checks the address that the socket is really connected to.
        const remote = socket.remoteAddress ?? ''
        if (!options.isPermitted(remote)) {
          request.destroy(
            new FetchFault(`${url.host} resolved to ${remote}, which is not on the public internet.`, false),
          )
        }
      })
    })
    request.once('response', (response) => {
      clearTimers()
      resolve(response)
    })
    request.once('error', (error) => {
      clearTimers()
      reject(error)
    })
    request.end()
  })
}

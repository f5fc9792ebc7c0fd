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
  /** Ends the request, whatever it is doing. */
  readonly signal: AbortSignal
}

/**
 * Sends one GET and returns the answer once its headers are there; its body is still to be read. The connection goes to the
 * very address that was checked, under the host's own name and certificate.
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
        // Node asks for one address or for a list, as its version and settings have it.
        if (all === true) found(null, [{ address, family }])
        else found(null, address, family)
      },
    })
    const late = (what: string): void => void request.destroy(new FetchFault(`${url.host} ${what}.`, true))
    const connecting = setTimeout(() => late('could not be connected to within 10 s'), CONNECT_MS)
    const waiting = setTimeout(() => late('sent no answer within 30 s'), HEADERS_MS)
    const settle = (): void => {
      clearTimeout(connecting)
      clearTimeout(waiting)
    }
    request.once('socket', (socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        clearTimeout(connecting)
        // The last word: where the connection did go.
        const remote = socket.remoteAddress ?? ''
        if (!options.isPermitted(remote)) {
          request.destroy(new FetchFault(`${url.host} led to ${remote}, which is not on the public internet.`, false))
        }
      })
    })
    request.once('response', (response) => {
      settle()
      resolve(response)
    })
    request.once('error', (error) => {
      settle()
      reject(error)
    })
    request.end()
  })
}

import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request, type Dispatcher } from 'undici'
import type { Action } from './draw-actions.ts'
import type { Tally } from './tally.ts'

const TIMEOUT_MS = 10_000
const RETRY_MS = 2_000

export type Sender = {
  send(action: Action): void
  /** Streams open now. */
  streams(): number
  messages(): number
  /** Waits for pending requests, up to their timeout, and closes all connections. */
  finish(): Promise<void>
}

/**
 * Sends the actions of riders to `url`. The number of connections is unlimited, so no request waits for another. `startedAt`: start
 * of the run (`performance.now()`). Latencies count from the scheduled time of an action.
 */
export function createSender(url: string, ca: string | null, startedAt: number, tally: Tally): Sender {
  const agent = new Agent({ connections: null, pipelining: 1, connect: ca === null ? {} : { ca }, bodyTimeout: 0 })
  const pending = new Set<Promise<void>>()
  const stopping = new AbortController()
  let [streams, messages] = [0, 0]

  const headersOf = ({ rider, body, path, at }: Action): Record<string, string> => ({
    accept: path === '/' ? 'text/html' : '*/*',
    'accept-encoding': 'gzip',
    // From the network reserved for benchmarks (RFC 2544), so that limits apply per rider and not to one machine.
    'x-forwarded-for': `198.${18 + ((rider >> 16) & 1)}.${(rider >> 8) & 255}.${rider & 255}`,
    ...(body === null
      ? {}
      : {
          'content-type': 'application/json',
          authorization: `Bearer load-rider-${String(rider).padStart(12, '0')}-secret`,
          'idempotency-key': `load-${rider}-${at}-${startedAt}`,
        }),
  })
  const nowSeconds = (): number => (performance.now() - startedAt) / 1000

  async function ask(action: Action): Promise<void> {
    const sentAt = nowSeconds()
    const answer = await request(url + action.path, {
      dispatcher: agent,
      method: action.body === null ? 'GET' : 'POST',
      headers: headersOf(action),
      body: action.body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await answer.body.dump({ limit: Number.MAX_SAFE_INTEGER })
    record(action, answer, sentAt)
  }

  function record({ at, kind }: Action, answer: Dispatcher.ResponseData, sentAt: number): void {
    if (answer.statusCode >= 400) return tally.failed(at, kind, `status ${answer.statusCode}`)
    const cache = answer.headers['x-cache']
    tally.answered(at, kind, (nowSeconds() - at) * 1000, (sentAt - at) * 1000, typeof cache === 'string' ? cache : null)
  }

  /** Reads a stream until the rider leaves and reconnects where the server ends it, as the page does. Measures the first response. */
  async function follow(action: Action): Promise<void> {
    const leaving = AbortSignal.any([
      stopping.signal,
      AbortSignal.timeout(Math.max(0, Math.round((action.until - nowSeconds()) * 1000))),
    ])
    let lastId: string | null = null
    for (let first = true; !leaving.aborted; first = false) {
      const sentAt = nowSeconds()
      const headers: Record<string, string> = headersOf(action)
      if (lastId !== null) headers['last-event-id'] = lastId
      const answer: Dispatcher.ResponseData = await request(url + action.path, {
        dispatcher: agent,
        headers,
        signal: leaving,
      })
      if (answer.statusCode >= 400) await answer.body.dump()
      if (first || answer.statusCode >= 400) record(action, answer, sentAt)
      if (answer.statusCode >= 400) return
      streams += 1
      try {
        for await (const chunk of answer.body as AsyncIterable<Buffer>) {
          messages += 1
          lastId = /^id: (\d+)$/m.exec(chunk.toString())?.[1] ?? lastId
        }
      } finally {
        streams -= 1
      }
      await sleep(RETRY_MS * Math.random(), null, { signal: leaving })
    }
  }

  async function run(action: Action): Promise<void> {
    try {
      await (action.kind === 'stream' ? follow(action) : ask(action))
    } catch (error) {
      // Not an error: the rider left and closed the stream.
      if (action.kind === 'stream' && (stopping.signal.aborted || nowSeconds() >= action.until - 0.01)) return
      const name = error instanceof Error ? ('code' in error ? String(error.code) : error.name) : 'unknown'
      tally.failed(action.at, action.kind, name)
    }
  }

  return {
    send(action) {
      const running = run(action).finally(() => pending.delete(running))
      pending.add(running)
    },
    streams: () => streams,
    messages: () => messages,
    async finish() {
      stopping.abort()
      await Promise.all(pending)
      await agent.destroy()
    },
  }
}

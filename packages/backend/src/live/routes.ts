import { LIVE_CELL_ZOOM, LIVE_MAX_CELLS, LiveQuerySchema, paths, type LiveQuery } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { FastifyInstance } from 'fastify'
import type { Config } from '#platform/config.ts'
import type { Metrics } from '#platform/metrics.ts'
import { callerOf } from '#platform/network.ts'
import type { LiveHub } from './live-hub.ts'
import { createOpenStreams, type OpenStreams } from './open-streams.ts'

const MAX_STREAMS = 20_000
const RETRY_SECONDS = 10

export type LiveRoutesDeps = {
  readonly hub: Pick<LiveHub, 'join' | 'leave'>
  readonly metrics: Metrics
  readonly random: () => number
  /** Maximum open streams per address; 0 disables the limit. */
  readonly config: Pick<Config, 'streamsPerAddress'>
}

/**
 * `GET /v1/live?cells=13/x/y,…`: see `LiveHub`. `random` spreads the heartbeats and ends of streams that began
 * together.
 */
export function register(
  app: FastifyInstance,
  { hub, metrics, random, config }: LiveRoutesDeps,
): Pick<OpenStreams, 'count' | 'drain'> {
  const perAddress = config.streamsPerAddress
  const streams = createOpenStreams(hub, metrics, random)
  // The server then waits for open responses, and a stream ends only when it is drained.
  app.addHook('preClose', async () => streams.drain())
  app.addHook('onClose', async () => streams.stop())

  app.get<{ Querystring: LiveQuery }>(paths.live(), {
    config: { access: 'public' },
    // A HEAD request would keep a stream open.
    exposeHeadRoute: false,
    schema: {
      tags: ['live'],
      summary: 'Server-sent events: the current availability of the zones in some cells, then every change',
      querystring: LiveQuerySchema,
      produces: ['text/event-stream'],
    },
    handler(request, reply) {
      const address = callerOf(request.ip)
      if (perAddress > 0 && streams.countOf(address) >= perAddress) {
        reply.header('retry-after', RETRY_SECONDS)
        const text = `Your address has ${perAddress} live streams open. Close one, or try again in ${RETRY_SECONDS} s.`
        throw new DomainError('rate-limited', text)
      }
      const cells = parseCells(request.query.cells)
      const lastId = parseLastId(request.headers['last-event-id'])
      if (streams.count() >= MAX_STREAMS) {
        reply.header('retry-after', RETRY_SECONDS)
        throw new DomainError('overloaded', 'This server has no live streams left. Try again in 10 s.')
      }
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      })
      streams.add(raw, cells, lastId, address)
    },
  })
  return streams
}

/** Cell numbers (row × 2^zoom + column) of `13/x/y,…`. Throws `invalid-request`. */
function parseCells(text: string): number[] {
  const n = 2 ** LIVE_CELL_ZOOM
  const keys = new Set(text.split(','))
  const fault = (message: string) =>
    new DomainError('invalid-request', `The cells are invalid: ${message}.`, [{ pointer: '?cells', message }])
  if (keys.size > LIVE_MAX_CELLS) throw fault(`name at most ${LIVE_MAX_CELLS}, got ${keys.size}`)
  return [...keys].map((key) => {
    const parts = /^(\d+)\/(\d+)\/(\d+)$/.exec(key)
    if (parts === null || Number(parts[1]) !== LIVE_CELL_ZOOM) {
      throw fault(`expected ${LIVE_CELL_ZOOM}/x/y, got "${key.slice(0, 40)}"`)
    }
    const [x, y] = [Number(parts[2]), Number(parts[3])]
    if (x >= n || y >= n) throw fault(`${key} does not exist: x and y end at ${n - 1}`)
    return y * n + x
  })
}

function parseLastId(header: string | string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,16}$/.test(header) ? Number(header) : null
}

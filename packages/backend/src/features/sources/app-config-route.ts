import { AppConfigSchema, paths } from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import type { ZoneReader } from '#read-model/board-types.ts'
import { APP_CONFIG } from '#platform/cache-rules.ts'
import type { Clock } from '#platform/clock.ts'
import type { SourceCache } from './source-cache.ts'
import { findStartPlace, type StartPlace } from '#features/zones/start-place.ts'

const START_PLACE_TTL_MS = 60_000

export type AppConfigDeps = {
  readonly board: ZoneReader
  readonly clock: Clock
  readonly sources: SourceCache
  readonly basemap: { readonly kind: 'tiles' | 'none'; readonly url: string | null; readonly attribution: string }
}

/** `GET /v1/app-config`, the first request of the page. */
export function registerAppConfig(app: FastifyInstance, deps: AppConfigDeps): void {
  const { board, basemap, sources } = deps
  const startPlace = createStartPlace(deps)
  app.get(paths.appConfig(), {
    config: { access: 'public' },
    schema: {
      tags: ['service'],
      summary: 'Settings of this server that a client needs before it draws a map',
      response: { 200: AppConfigSchema },
    },
    handler: async (_request, reply) => {
      reply.header('cache-control', APP_CONFIG)
      return {
        basemap: { kind: basemap.kind, url: basemap.url, attribution: basemap.attribution },
        start: startPlace(),
        demo: (await sources.current()).sources.some((source) => source.simulated && source.zones > 0),
        zones: board.zones(),
      }
    },
  })
}

/** The start place, found again a minute after the zones changed at the earliest. */
function createStartPlace({ board, clock }: Pick<AppConfigDeps, 'board' | 'clock'>): () => StartPlace {
  const find = () => ({ place: findStartPlace(board), version: board.version(), at: clock() })
  let last = find()
  return () => {
    if (last.version !== board.version() && clock() - last.at > START_PLACE_TTL_MS) last = find()
    return last.place
  }
}

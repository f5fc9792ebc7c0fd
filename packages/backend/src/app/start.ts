import { DomainError } from '@kickstand/domain'
import type { FastifyInstance } from 'fastify'
import { registerBasemapRoutes } from '#basemap/routes.ts'
import { registerFeedMetrics } from '#features/sources/feed-metrics.ts'
import { registerReadingRoutes } from '#features/sensors/routes.ts'
import { registerSourceRoutes } from '#features/sources/routes.ts'
import { registerForecastRoutes } from '#features/availability/routes.ts'
import { openBasemap } from '#basemap/open-basemap.ts'
import type { Basemap } from '#basemap/basemap.ts'
import { startCheckpoints } from '#features/availability/checkpoint-job.ts'
import { databaseErrorOf } from '#db/engine.ts'
import { upsertNotice } from '#db/notices.ts'
import { createOptionalRead } from '#db/optional-read.ts'
import { prepareDemo } from '#features/demo/make-demo.ts'
import { runDemo, type RunningDemo } from '#features/demo/run-demo.ts'
import { registerAppConfigRoutes } from '#http/app-config-routes.ts'
import { createBodyBudget } from '#platform/body-budget.ts'
import { createApp } from '#http/app.ts'
import { registerHealthRoutes } from '#http/health-routes.ts'
import { listen } from '#http/listen.ts'
import { serveMetrics } from '#http/metrics-server.ts'
import { registerOpenApi } from '#http/openapi.ts'
import { registerUntrustedProxy, UNTRUSTED_PROXY } from '#http/untrusted-proxy.ts'
import { registerWebRoutes, type WebRoots } from '#http/web-routes.ts'
import { createJobLoop, type Job, type JobLoop } from '#jobs/job-loop.ts'
import { registerLiveRoutes, type LiveRoutes } from '#live/routes.ts'
import { systemClock, uptime, type Clock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { createLog, flushLog, type Logger } from '#platform/log.ts'
import { random } from '#platform/random.ts'
import { sleep } from '#platform/sleep.ts'
import { expireContributions } from '#features/moderation/contributions/expire-contributions.ts'
import { registerModerationRoutes } from '#features/moderation/routes.ts'
import { registerOgcRoutes } from '#features/open-data/ogc-routes.ts'
import { registerOpenDataRoutes } from '#features/open-data/routes.ts'
import { registerPlanRoutes } from '#features/plan/routes.ts'
import { registerReportRoutes } from '#features/reports/routes.ts'
import { createSourceCache, type SourceCache } from '#features/sources/source-cache.ts'
import { registerZoneRoutes } from '#features/zones/routes.ts'
import { findStartPlace } from '#features/zones/start-place.ts'
import { createContext, type Context } from './context.ts'
import { createEventJob } from './event-jobs.ts'
import { closeAll } from './close-all.ts'
import { createFeedJobs, readFeeds } from './feed-jobs.ts'
import { createReadiness } from './readiness.ts'
import { welcomeText } from './welcome.ts'

const VERSION = '0.1.0'
const MEGABYTE = 1_000_000
const POLL_EVENTS_EVERY_MS = 250
const CHECK_JOBS_EVERY_MS = 5_000
const SYNC_CLOCK_EVERY_MS = 10_000
const CHECK_CHECKPOINT_EVERY_MS = 60_000
const EXPIRE_CONTRIBUTIONS_EVERY_MS = 10 * 60_000
/** Interval at which the copy of the sources, used while the database is unavailable, is refreshed. */
const SOURCES_REFRESH_MS = 60_000
const START_PLACE_TTL_MS = 60_000
/** Requests and streams that take longer to end are cut off when the service stops. */
const STOP_TIMEOUT_MS = 5_000

export type StartOptions = {
  readonly webRoots: WebRoots
  readonly clock?: Clock
  /** Interval of polling for events of other servers. */
  readonly tailEveryMs?: number
}

/** A running service. */
export type RunningService = {
  /** Its address, with the actual port. */
  readonly url: string
  readonly context: Context
  readonly app: FastifyInstance
  /** The periodic jobs; they run by themselves. */
  readonly jobs: JobLoop
  /** Lines for the operator: the address, the data, how to import real data. */
  welcome(): Promise<string[]>
  /**
   * Reports "stopping" on `/readyz` and serves requests for another `noticeMs` (default 0); then stops accepting
   * requests, finishes the running ones, drains the streams and closes the database. Idempotent.
   */
  stop(noticeMs?: number): Promise<void>
}

/**
 * Starts everything: database, board, routes, tail. Resolves when it accepts requests. Throws DomainErrors with
 * one-line messages: a port in use, a database that cannot be opened, one that is newer than this code.
 */
export async function startService(config: Config, options: StartOptions): Promise<RunningService> {
  const log = createLog(config.logLevel)
  // Files named by settings are read before anything is started, so that an error leaves nothing behind.
  const feeds = await readFeeds(config)
  const basemap = await openBasemap(config.basemap === '' ? null : config.basemap)
  const opened: (() => unknown)[] = [() => basemap.close()]
  try {
    const context = await createContext(config, options.clock ?? systemClock, log)
    opened.push(
      () => context.database.close(),
      () => context.redis?.close(),
    )
    const demo = await openDemo(context, basemap)
    const { app, live, sources, close } = await createServer(context, demo.basemap, options.webRoots)
    opened.push(() => app.close())
    const hasJobs = config.roles.has('jobs')
    const jobs = createJobLoop(
      { database: context.database, clock: context.clock, holder: context.eventLog.producer, onError: logFailure(log) },
      [createEventJob(context), ...createFeedJobs(context, feeds), expireContributionsJob(context)],
    )
    const metricsServer =
      config.metricsPort === 0 ? null : await serveMetrics(context.metrics, config.host, config.metricsPort)
    if (metricsServer !== null) opened.push(() => metricsServer.close())
    // The last step that can fail: once it listens, the service has started. Nothing below this line may throw.
    const url = await listen(app, config.host, config.port, 'KICKSTAND_PORT')
    context.tail.start(options.tailEveryMs ?? POLL_EVENTS_EVERY_MS)
    context.limits.start()
    context.hub.start()
    const checkpoints = hasJobs ? startCheckpoints({ ...context, uptime }, CHECK_CHECKPOINT_EVERY_MS) : null
    if (hasJobs) jobs.start(CHECK_JOBS_EVERY_MS)
    const timers = [
      setInterval(() => flushLog(log), 1000),
      setInterval(() => void context.time.sync(), SYNC_CLOCK_EVERY_MS),
      setInterval(() => void sources.refresh(), SOURCES_REFRESH_MS),
    ]
    if (hasJobs) demo.start()
    let stopping: Promise<void> | null = null
    async function stopAfter(noticeMs: number): Promise<void> {
      close()
      demo.stop()
      if (noticeMs > 0) await sleep(noticeMs)
      for (const timer of timers) clearInterval(timer)
      live.drain()
      const cut = setTimeout(() => app.server.closeAllConnections(), STOP_TIMEOUT_MS)
      await app.close()
      clearTimeout(cut)
      await metricsServer?.close()
      context.hub.stop()
      await jobs.stop()
      await checkpoints?.stop()
      await context.eventLog.drain()
      await context.tail.stop()
      context.limits.stop()
      context.redis?.close()
      await basemap.close()
      await context.database.close()
      flushLog(log)
    }
    return {
      url,
      context,
      app,
      jobs,
      welcome: () => welcomeText(context, url),
      stop(noticeMs = 0) {
        stopping ??= stopAfter(noticeMs)
        return stopping
      },
    }
  } catch (error) {
    await closeAll(opened)
    throw error
  }
}

function expireContributionsJob({ clock, database: { db }, eventLog }: Context): Job {
  return {
    name: 'facts',
    next: (time) => time + EXPIRE_CONTRIBUTIONS_EVERY_MS,
    run: async () => void (await expireContributions({ db, eventLog, clock })),
  }
}

/** Logs a failed job; expected errors, such as those of a feed, without a stack trace. */
function logFailure(log: Logger): (job: string, error: unknown) => void {
  return (job, error) => {
    if (error instanceof DomainError) log.warn({ job }, error.message)
    else log.error({ job, err: error }, 'a job failed')
  }
}

/** Creates the demo town in an empty database, and simulates its riders if there is one. */
async function openDemo(context: Context, basemap: Basemap): Promise<RunningDemo> {
  const { board, clock, config, database, eventLog, submitDeps, tail } = context
  const { db } = database
  if (await prepareDemo({ db, eventLog, clock }, config)) await tail.catchUp()
  return runDemo({ board, clock, config, db, random, submitDeps }, basemap)
}

type Server = { readonly app: FastifyInstance; readonly live: LiveRoutes; readonly sources: SourceCache; close(): void }

async function createServer(context: Context, basemap: Basemap, webRoots: WebRoots): Promise<Server> {
  const { board, clock, config, database, eventLog, hub, limits, log, readBarrier, metrics, newId } = context
  const { networkOf, submitDeps, tail } = context
  const { db } = database
  let closing = false
  const bodies = createBodyBudget(
    { all: config.bodyMb * MEGABYTE, perAddress: config.bodyMbPerAddress * MEGABYTE },
    metrics.registry,
  )
  const app = createApp({
    bodies,
    config,
    limits,
    log,
    metrics,
    readBarrier,
    databaseErrorOf: (error) => databaseErrorOf(database.engine, error),
  })
  registerUntrustedProxy(app, config.trustedProxies, (line) => {
    log.warn(line)
    upsertNotice(database, UNTRUSTED_PROXY, line, clock()).catch((error: unknown) =>
      log.error({ err: error }, 'a notice could not be stored'),
    )
  })
  await registerOpenApi(app, VERSION)
  registerHealthRoutes(
    app,
    createReadiness(context, () => closing),
  )
  const readOptional = createOptionalRead(database.engine)
  const sources = await createSourceCache({ db, clock, engine: database.engine, readOptional })
  registerZoneRoutes(app, { board, db, clock, readOptional, sources })
  registerSourceRoutes(app, { sources })
  registerOpenDataRoutes(app, { board, db, tail })
  registerOgcRoutes(app, { board, db, tail, clock, base: config.publicUrl })
  registerForecastRoutes(app, { board, db, clock, readOptional })
  registerReportRoutes(app, {
    ...submitDeps,
    db,
    eventLog,
    networkOf,
    addressLimit: limits.limiter('reports', config.reportLimit, 'address'),
    riderLimit: limits.limiter('device', config.riderLimit, 'device'),
  })
  registerFeedMetrics(metrics.registry, { db, clock })
  registerReadingRoutes(app, {
    database,
    db,
    eventLog,
    clock,
    newId,
    metrics,
    keyLimit: limits.limiter('key', config.feedLimit, 'key'),
  })
  registerModerationRoutes(app, {
    board,
    db,
    engine: database.engine,
    eventLog,
    clock,
    newId,
    networkOf,
    readOptional,
    bodies,
    addressLimit: limits.limiter('facts', 4 * config.contributionLimit, 'address'),
    riderLimit: limits.limiter('device-facts', config.contributionLimit, 'device'),
  })
  registerPlanRoutes(app, { board, clock })
  const live = registerLiveRoutes(app, { hub, metrics, random, perAddress: config.streamsPerAddress })
  registerBasemapRoutes(app, basemap)

  let start = { place: findStartPlace(board), version: board.version(), at: clock() }
  registerAppConfigRoutes(app, async () => {
    if (start.version !== board.version() && clock() - start.at > START_PLACE_TTL_MS) {
      start = { place: findStartPlace(board), version: board.version(), at: clock() }
    }
    return {
      basemap: { kind: basemap.kind, url: basemap.url, attribution: basemap.attribution },
      start: start.place,
      demo: (await sources.current()).sources.some((source) => source.simulated && source.zones > 0),
      zones: board.zones(),
    }
  })
  await registerWebRoutes(app, webRoots)
  return {
    app,
    live,
    sources,
    close() {
      closing = true
      // Each connection closes after its next response, so that none is cut off with a request on its way.
      app.server.prependListener('request', (_request, answer) => answer.setHeader('connection', 'close'))
    },
  }
}

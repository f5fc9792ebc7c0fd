import { DomainError } from '@kickstand/domain'
import type { FastifyInstance } from 'fastify'
import { openBasemap } from '#basemap/open-basemap.ts'
import { findEnabledFeeds } from '#features/feeds/find-feeds.ts'
import { listen } from '#http/listen.ts'
import { serveMetrics } from '#http/metrics-server.ts'
import type { WebRoots } from '#http/web-routes.ts'
import { createScheduler, type Scheduler } from '#jobs/scheduler.ts'
import { systemClock, type Clock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { createLog, flushLog, type Logger } from '#platform/log.ts'
import { sleep } from '#platform/sleep.ts'
import { createContext, type Context } from './context.ts'
import { FEATURES } from './features.ts'
import { foundationJobs } from './foundation-jobs.ts'
import { createHttpServer } from './http-server.ts'
import { createLifecycle, type Lifecycle } from './lifecycle.ts'
import { welcomeText } from './welcome.ts'

const POLL_EVENTS_EVERY_MS = 250

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
  /** The scheduler of the periodic jobs. It is running. */
  readonly jobs: Scheduler
  /** Lines for the operator: the address, the data, how to import real data. */
  welcome(): Promise<string[]>
  /**
   * Reports "stopping" on `/readyz` and serves requests for another `noticeMs` (default 0); then stops accepting
   * requests, finishes the running ones, drains the streams and closes the database. Idempotent.
   */
  stop(noticeMs?: number): Promise<void>
}

/**
 * Starts the database, the board, the routes and the jobs. Resolves when the service accepts requests. Throws
 * DomainErrors with one-line messages, for example if the port is in use, or if the database cannot be opened or is
 * newer than this code.
 */
export async function startService(config: Config, options: StartOptions): Promise<RunningService> {
  const log = createLog(config.logLevel)
  const lifecycle = createLifecycle(log)
  lifecycle.onStop('log', () => flushLog(log))
  try {
    return await startParts(config, options, log, lifecycle)
  } catch (error) {
    await lifecycle.stop()
    throw error
  }
}

/** Starts the parts and registers each with `lifecycle`, which stops them in reverse order. */
async function startParts(
  config: Config,
  { clock = systemClock, tailEveryMs = POLL_EVENTS_EVERY_MS, webRoots }: StartOptions,
  log: Logger,
  lifecycle: Lifecycle,
): Promise<RunningService> {
  // Read the files named in the settings first, so that an error in them needs no cleanup.
  const feeds = await findEnabledFeeds(config)
  const basemap = await openBasemap(config.basemap === '' ? null : config.basemap)
  lifecycle.onStop('basemap', () => basemap.close())
  const context = await createContext({ config, clock, log, feeds, basemap }, lifecycle)
  const jobs = createScheduler(
    {
      ...context,
      holder: context.eventLog.producer,
      hasJobs: config.roles.has('jobs'),
      registry: context.metrics.registry,
      onError: logFailure(log),
    },
    [...foundationJobs(context, tailEveryMs), ...FEATURES.flatMap((feature) => feature.jobs?.(context) ?? [])],
  )
  lifecycle.onStop('jobs', () => jobs.stop())
  lifecycle.onStop('live hub', () => context.hub.stop())
  const metricsServer =
    config.metricsPort === 0 ? null : await serveMetrics(context.metrics, config.host, config.metricsPort)
  lifecycle.onStop('metrics', () => metricsServer?.close())
  const server = await createHttpServer(context, webRoots)
  lifecycle.onStop('server', () => server.close())
  const url = await listen(server.app, config.host, config.port, 'KICKSTAND_PORT')
  // Once it listens, the service has started. Nothing below this line may throw.
  jobs.start()
  let notice = 0
  lifecycle.onStop('notice', () => (notice > 0 ? sleep(notice) : undefined))
  for (const { name, start } of FEATURES) if (start !== undefined) lifecycle.onStop(name, start(context))
  lifecycle.onStop('readiness', server.announceStop)
  return {
    url,
    context,
    app: server.app,
    jobs,
    welcome: () => welcomeText(context, url),
    stop(noticeMs = 0) {
      notice = Math.max(notice, noticeMs)
      return lifecycle.stop()
    },
  }
}

/** Logs a failed job; expected errors, such as those of a feed, without a stack trace. */
function logFailure(log: Logger): (job: string, error: unknown) => void {
  return (job, error) => {
    if (error instanceof DomainError) log.warn({ job }, error.message)
    else log.error({ job, err: error }, 'a job failed')
  }
}

import { readOrMakeSecret } from '#db/service-secrets.ts'
import { createBoard } from '#read-model/board.ts'
import type { Board } from '#read-model/board-types.ts'
import { buildInWorker } from '#read-model/build-in-worker.ts'
import { loadBoard } from '#read-model/load-board.ts'
import { createReadBarrier, type ReadBarrier } from '#read-model/read-barrier.ts'
import { createTail, type Tail } from '#read-model/tail.ts'
import { connectWakeUps } from '#read-model/wake-ups.ts'
import { createEventLog, type EventLog } from '#db/event-log.ts'
import { explainError, openDatabase, type Database } from '#db/open-database.ts'
import { createEventConsumer } from '#db/event-consumers.ts'
import { createLimits, type Limits } from '#http/rate-limit.ts'
import { createLiveHub, type LiveHub } from '#live/live-hub.ts'
import { createRemovalAlarm } from '#features/moderation/contributions/removal-alarm.ts'
import { uptime, type Clock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { loadHolidays } from '#platform/holidays.ts'
import { newId, newSecret, type NewId } from '#platform/ids.ts'
import type { Logger } from '#platform/log.ts'
import { createMetrics, type Metrics } from '#platform/metrics.ts'
import { createNetworkOf, type NetworkOf } from '#platform/network.ts'
import { openRedis, type RedisLink } from '#platform/redis.ts'
import { sleep } from '#platform/sleep.ts'
import { createPositionClaims } from '#features/reports/position-claims.ts'
import { createReportBatcher } from '#features/reports/report-batcher.ts'
import type { SubmitReportDeps } from '#features/reports/submit-report.ts'
import { createOpeningHours } from '#features/zones/opening-hours.ts'
import { closeAll } from './close-all.ts'
import { createDatabaseClockSync, type DatabaseClockSync } from './database-clock-sync.ts'

/** All parts of a running service. Features receive the few that they need. */
export type Context = {
  readonly config: Config
  readonly clock: Clock
  readonly time: DatabaseClockSync
  readonly newId: NewId
  readonly log: Logger
  readonly metrics: Metrics
  readonly database: Database
  readonly eventLog: EventLog
  readonly board: Board
  readonly tail: Tail
  readonly readBarrier: ReadBarrier
  readonly hub: LiveHub
  readonly submitDeps: SubmitReportDeps
  readonly networkOf: NetworkOf
  /** Shared between servers, if configured. */
  readonly redis: RedisLink | null
  readonly limits: Limits
}

/** Opens the database, loads the board and connects the two. Throws as `openDatabase` does. */
export async function createContext(config: Config, given: Clock, log: Logger): Promise<Context> {
  const database = await openDatabase(config.databaseUrl, given)
  const opened: (() => unknown)[] = [() => database.close()]
  try {
    return await fillContext(config, database, given, log, opened)
  } catch (error) {
    await closeAll(opened)
    throw explainError(database.engine, error)
  }
}

/** Adds everything that it opens to `opened`. */
async function fillContext(
  config: Config,
  database: Database,
  given: Clock,
  log: Logger,
  opened: (() => unknown)[],
): Promise<Context> {
  const time = createDatabaseClockSync(database, given, log)
  await time.sync()
  const { clock } = time
  for (const weakness of await database.engine.findWeaknesses(database.db)) log.warn(weakness)
  const eventLog = createEventLog(database, clock, newId(), sleep)
  const holidaysOf = await loadHolidays()
  const board = createBoard(
    buildInWorker,
    (error) => log.error({ err: error }, 'the index could not be built'),
    createOpeningHours(holidaysOf),
    holidaysOf,
  )
  const consumer = createEventConsumer(database, eventLog.producer, clock)
  await consumer.join()
  const cursors = await database.withoutTimeout((db) => loadBoard(db, board))
  const tail = createTail(database, board, cursors, consumer, uptime, (error) =>
    log.error({ err: error }, 'the events could not be read'),
  )
  eventLog.onCommitted((events) => tail.offer(events))
  const redis =
    config.redisUrl === ''
      ? null
      : openRedis(config.redisUrl, (error) =>
          log.error({ err: error }, 'Redis does not respond; continuing without it'),
        )
  opened.push(() => redis?.close())
  if (redis !== null) connectWakeUps(redis, eventLog, tail)
  const networkOf = createNetworkOf(await readOrMakeSecret(database, 'networks', newSecret()))
  const metrics = createMetrics({
    zones: () => board.zones(),
    tailLagSeconds: () => (uptime() - tail.lastRead()) / 1000,
    roles: config.roles,
    redisUp: () => Number(redis?.isUp() ?? false),
  })
  eventLog.onCommitted(createRemovalAlarm({ log, metrics, uptime }))
  return {
    config,
    clock,
    time,
    newId,
    log,
    metrics,
    database,
    eventLog,
    board,
    tail,
    readBarrier: createReadBarrier(database, tail, uptime, sleep),
    hub: createLiveHub(board, clock),
    networkOf,
    redis,
    limits: createLimits(clock, redis),
    submitDeps: {
      db: database.db,
      board,
      clock,
      newId,
      metrics,
      batcher: createReportBatcher(eventLog, database.engine),
      inFlight: new Set(),
      positionClaims: createPositionClaims(),
    },
  }
}

import { availableParallelism } from 'node:os'
import { recordMigration } from '#audit/record-migration.ts'
import type { Basemap } from '#basemap/basemap.ts'
import type { Engine } from '#db/engine.ts'
import { createEventConsumer } from '#db/event-consumers.ts'
import { createEventLog, type EventLog } from '#db/event-log.ts'
import { explainError, openDatabase, type Database } from '#db/open-database.ts'
import { createOptionalRead, type OptionalRead } from '#db/optional-read.ts'
import type { Db } from '#db/schema.ts'
import { readOrMakeSecret } from '#db/service-secrets.ts'
import { prepareDemo } from '#features/demo/make-demo.ts'
import { runDemo, type RunningDemo } from '#features/demo/run-demo.ts'
import type { FeedSetup } from '#features/feeds/find-feeds.ts'
import { createRemovalAlarm } from '#features/contributions/removal-alarm.ts'
import { createPositionClaims } from '#features/reports/position-claims.ts'
import { createReportBatcher } from '#features/reports/report-batcher.ts'
import type { SubmitReportDeps } from '#features/reports/submit-report.ts'
import { createPasswordHasher, type PasswordHasher } from '#features/accounts/credentials/password-hasher.ts'
import { createSessionFinder, type SessionFinder } from '#features/accounts/sessions/find-session.ts'
import { sessionLimits } from '#features/accounts/sessions/session-limits.ts'
import { revokeTokensOf } from '#features/tokens/revoke-tokens-of.ts'
import { createTokenFinder, type TokenFinder } from '#features/tokens/find-token.ts'
import { createOpeningHours } from '#features/zones/opening-hours.ts'
import { createSourceCache, type SourceCache } from '#features/sources/source-cache.ts'
import { createInFlight, type InFlight } from '#http/idempotency/in-flight.ts'
import type { PrincipalSource } from '#http/auth/principal.ts'
import { createLimits, type Limits } from '#http/rate-limit.ts'
import { createLiveHub, type LiveHub } from '#live/live-hub.ts'
import { createBodyBudget, type BodyBudget } from '#platform/body-budget.ts'
import { uptime, type Clock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { loadHolidays } from '#platform/holidays.ts'
import { newId, newSecret, type NewId } from '#platform/ids.ts'
import type { Logger } from '#platform/log.ts'
import { createMetrics, type Metrics } from '#platform/metrics.ts'
import { createMinuteFigures, type MinuteFigures } from '#platform/minute-figures.ts'
import { createNetworkOf, type NetworkOf } from '#platform/network.ts'
import { random } from '#platform/random.ts'
import { openRedis, type RedisLink } from '#platform/redis.ts'
import { sleep, type Sleep } from '#platform/sleep.ts'
import { createBoard } from '#read-model/board.ts'
import type { Board } from '#read-model/board-types.ts'
import { buildInWorker } from '#read-model/build-in-worker.ts'
import { loadBoard } from '#read-model/load-board.ts'
import { createReadBarrier, type ReadBarrier } from '#read-model/read-barrier.ts'
import { createTail, type Tail } from '#read-model/tail.ts'
import { connectWakeUps } from '#read-model/wake-ups.ts'
import { createDatabaseClockSync, type DatabaseClockSync } from './database-clock-sync.ts'
import type { Lifecycle } from './lifecycle.ts'

const MEGABYTE = 1_000_000
/** Who migrates the database and makes the demo town of a new one, for the audit log. */
const START = { kind: 'job', name: 'start' } as const

/** What the caller passes to a new service. `clock` is the one of this machine, in epoch milliseconds. */
export type ServiceInputs = {
  readonly config: Config
  readonly clock: Clock
  readonly log: Logger
  readonly feeds: readonly FeedSetup[]
  readonly basemap: Basemap
}

/** The parts that do not depend on the board. */
type Base = Omit<ServiceInputs, 'clock'> & {
  /** The clock that all servers share, corrected by `clockSync`. */
  readonly clock: Clock
  readonly clockSync: DatabaseClockSync
  readonly uptime: Clock
  readonly random: () => number
  readonly sleep: Sleep
  readonly newId: NewId
  /** The secrets of feeds, by the names that profiles use. */
  readonly secrets: Config['feedSecrets']
  readonly database: Database
  readonly db: Db
  readonly engine: Engine
  readonly eventLog: EventLog
}

/** All parts of a running service. Features declare the few that they need. */
export type Context = Base &
  SubmitReportDeps & {
    readonly metrics: Metrics
    readonly figures: MinuteFigures
    readonly board: Board
    readonly tail: Tail
    readonly readBarrier: ReadBarrier
    readonly hub: LiveHub
    readonly networkOf: NetworkOf
    /** After a change of rights, `forget` makes it count at once in this process, for sessions and for tokens. */
    readonly sessions: SessionFinder
    readonly tokens: TokenFinder
    readonly revokeTokensOf: typeof revokeTokensOf
    readonly principals: PrincipalSource
    readonly passwords: PasswordHasher
    /** The Redis that the servers share; null if none is configured. */
    readonly redis: RedisLink | null
    readonly limits: Limits
    readonly inFlight: InFlight
    readonly bodies: BodyBudget
    readonly readOptional: OptionalRead
    readonly sources: SourceCache
    readonly demo: RunningDemo
  }

/** Opens the database, loads the board and connects them with the tail. Throws the errors of `openDatabase`. */
export async function createContext(inputs: ServiceInputs, lifecycle: Lifecycle): Promise<Context> {
  const database = await openDatabase(inputs.config.databaseUrl, inputs.clock)
  lifecycle.onStop('database', () => database.close())
  try {
    await recordMigration(database, { clock: inputs.clock, actor: START })
    return await fillContext(await openBase(inputs, database, lifecycle), lifecycle)
  } catch (error) {
    throw explainError(database.engine, error)
  }
}

async function openBase(inputs: ServiceInputs, database: Database, lifecycle: Lifecycle): Promise<Base> {
  const { db, engine } = database
  const clockSync = createDatabaseClockSync(database, inputs.clock, inputs.log)
  await clockSync.sync()
  const { clock } = clockSync
  for (const weakness of await engine.findWeaknesses(db)) inputs.log.warn(weakness)
  const eventLog = createEventLog(database, clock, newId(), sleep)
  lifecycle.onStop('event log', () => eventLog.drain())
  const secrets = inputs.config.feedSecrets
  return { ...inputs, clock, clockSync, uptime, random, sleep, newId, secrets, database, db, engine, eventLog }
}

async function fillContext(base: Base, lifecycle: Lifecycle): Promise<Context> {
  const { clock, config, database, db, engine, eventLog, log } = base
  const holidaysOf = await loadHolidays()
  const board = createBoard(
    buildInWorker,
    (error) => log.error({ err: error }, 'the index could not be built'),
    createOpeningHours(holidaysOf),
    holidaysOf,
  )
  const consumer = createEventConsumer(database, eventLog.producer, clock)
  await consumer.join()
  const cursors = await database.withoutTimeout((unlimited) => loadBoard(unlimited, board))
  const tail = createTail(database, board, cursors, consumer, uptime, (error) =>
    log.error({ err: error }, 'the events could not be read'),
  )
  lifecycle.onStop('tail', () => tail.stop())
  eventLog.onCommitted((events) => tail.offer(events))
  const redis =
    config.redisUrl === ''
      ? null
      : openRedis(config.redisUrl, (error) =>
          log.error({ err: error }, 'Redis does not respond; continuing without it'),
        )
  lifecycle.onStop('Redis', () => redis?.close())
  if (redis !== null) connectWakeUps(redis, eventLog, tail)
  const networkOf = createNetworkOf(await readOrMakeSecret(database, 'networks', newSecret()))
  const metrics = createMetrics({
    zones: () => board.zones(),
    tailLagSeconds: () => (uptime() - tail.lastRead()) / 1000,
    roles: config.roles,
    redisUp: () => Number(redis?.isUp() ?? false),
  })
  eventLog.onCommitted(createRemovalAlarm({ log, metrics, uptime }))
  const readOptional = createOptionalRead(engine)
  const ofSessions = createSessionFinder({ db, clock, uptime, limits: sessionLimits(config) })
  const tokens = createTokenFinder({ db, clock, uptime })
  const sessions: SessionFinder = {
    ...ofSessions,
    // The rights of accounts bound their tokens too.
    forget() {
      ofSessions.forget()
      tokens.forget()
    },
  }
  const submitDeps: SubmitReportDeps = {
    db,
    board,
    clock,
    newId,
    metrics,
    batcher: createReportBatcher(eventLog, engine, () => board.reporters.version()),
    positionClaims: createPositionClaims(),
  }
  if (await prepareDemo({ db, eventLog, clock, actor: START }, config)) await tail.catchUp()
  const demo = await runDemo({ ...submitDeps, config, random }, base.basemap)
  return {
    ...base,
    ...submitDeps,
    board,
    metrics,
    figures: createMinuteFigures(),
    tail,
    readBarrier: createReadBarrier(database, tail, uptime, sleep),
    hub: createLiveHub(board, clock),
    networkOf,
    sessions,
    tokens,
    revokeTokensOf,
    principals: {
      session: (secret) => sessions.find(secret),
      token: (secret, address) => tokens.find(secret, address),
    },
    passwords: createPasswordHasher(availableParallelism()),
    redis,
    limits: createLimits(clock, redis),
    inFlight: createInFlight(),
    bodies: createBodyBudget(
      { all: config.bodyMb * MEGABYTE, perAddress: config.bodyMbPerAddress * MEGABYTE },
      metrics.registry,
    ),
    readOptional,
    sources: await createSourceCache({ db, clock, engine, readOptional }),
    demo,
    basemap: demo.basemap,
  }
}

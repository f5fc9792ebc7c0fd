import type { ScoreSums } from '@kickstand/domain'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** The metrics of the service. Labels are bounded: declared routes, never addresses or ids. */
export type Metrics = {
  readonly registry: Registry
  /** Records one request; `seconds` is its duration. */
  observeRequest(method: string, route: string, status: number, seconds: number): void
  /** Records the scores of forecasts. */
  observeScores(sums: ScoreSums): void
  readonly reports: Counter<'kind' | 'effect'>
  /** Removals of zones by riders. */
  readonly removals: Counter<'outcome'>
  /** By feed, as many as the operator has configured. */
  readonly readings: Counter<'feed' | 'outcome'>
  /** `method`: password, passkey, step-up. `outcome`: see `SignInOutcome`. */
  readonly signIns: Counter<'method' | 'outcome'>
  readonly liveStreams: Gauge
  readonly liveMessages: Counter
  readonly liveCut: Counter
}

/** Registers the metrics in a registry of their own. `gauges` are read at each scrape. */
export function createMetrics(gauges: {
  zones: () => number
  tailLagSeconds: () => number
  redisUp: () => number
  roles: ReadonlySet<string>
}): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'kickstand_http_request_seconds',
    help: 'Time to answer, by route and class of status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  registry.registerMetric(callbackGauge('kickstand_zones', 'Zones on the map.', gauges.zones))
  registry.registerMetric(
    callbackGauge(
      'kickstand_tail_lag_seconds',
      'Time since the events were last read completely.',
      gauges.tailLagSeconds,
    ),
  )
  const role = new Gauge({
    name: 'kickstand_role',
    help: '1 for each role that this server has.',
    labelNames: ['role'] as const,
    registers: [registry],
  })
  for (const name of gauges.roles) role.set({ role: name }, 1)
  const scores = scoreCounters(registry)
  registry.registerMetric(callbackGauge('kickstand_redis_up', '1 if Redis is configured and responds.', gauges.redisUp))
  // Looking up a label set costs more than counting, so the few that occur are cached.
  const children = new Map<string, { observe(value: number): void }>()
  return {
    registry,
    observeRequest(method, route, status, seconds) {
      const key = `${method} ${route} ${Math.floor(status / 100)}`
      let child = children.get(key)
      if (child === undefined) {
        child = requests.labels({ method, route, status: `${Math.floor(status / 100)}xx` })
        children.set(key, child)
      }
      child.observe(seconds)
    },
    observeScores({ chances, brier, shares, crps, covered }) {
      scores.chances.inc(LEAD_NOW, chances)
      scores.brier.inc(LEAD_NOW, brier)
      scores.shares.inc(LEAD_NOW, shares)
      scores.crps.inc(LEAD_NOW, crps)
      scores.covered.inc(LEAD_NOW, covered)
    },
    reports: new Counter({
      name: 'kickstand_reports_total',
      help: 'Accepted reports.',
      labelNames: ['kind', 'effect'] as const,
      registers: [registry],
    }),
    removals: new Counter({
      name: 'kickstand_removals_total',
      help: 'Zones that riders say are gone or closed: waiting for a moderator, held back by a limit, removed.',
      labelNames: ['outcome'] as const,
      registers: [registry],
    }),
    readings: new Counter({
      name: 'kickstand_readings_total',
      help: 'Sensor readings by feed: accepted, repeated, rejected.',
      labelNames: ['feed', 'outcome'] as const,
      registers: [registry],
    }),
    signIns: new Counter({
      name: 'kickstand_sign_ins_total',
      help: 'Attempts to sign in: succeeded, failed, without a code that is needed, beyond a limit of guesses.',
      labelNames: ['method', 'outcome'] as const,
      registers: [registry],
    }),
    liveStreams: new Gauge({ name: 'kickstand_live_streams', help: 'Open live streams.', registers: [registry] }),
    liveMessages: new Counter({
      name: 'kickstand_live_messages_total',
      help: 'Messages written to live streams.',
      registers: [registry],
    }),
    liveCut: new Counter({
      name: 'kickstand_live_cut_total',
      help: 'Live streams cut off because the client did not keep up.',
      registers: [registry],
    }),
  }
}

/** Lead time of the scored forecasts in minutes. */
const LEAD_NOW = { lead: '0' }

/** Sums, so that a mean over any period is a quotient of two increases. */
function scoreCounters(registry: Registry) {
  const counter = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ['lead'] as const, registers: [registry] })
  return {
    chances: counter(
      'kickstand_forecast_chances_total',
      'Trusted reports compared with the chance of a space published just before.',
    ),
    brier: counter('kickstand_forecast_brier_sum', 'Sum of the squared errors of those chances.'),
    shares: counter(
      'kickstand_forecast_counts_total',
      'Trusted counts compared with the occupied share published just before.',
    ),
    crps: counter('kickstand_forecast_crps_sum', 'Sum of the continuous ranked probability scores of those shares.'),
    covered: counter('kickstand_forecast_covered_total', 'Those counts that were inside the 80 % interval.'),
  }
}

function callbackGauge(name: string, help: string, read: () => number): Gauge {
  return new Gauge({
    name,
    help,
    registers: [],
    collect() {
      this.set(read())
    },
  })
}

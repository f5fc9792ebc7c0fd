import { Gauge, type Registry } from 'prom-client'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { readFeedHealth, type FeedHealth } from './feed-health.ts'

const SIDES = ['static', 'live'] as const

/** Measures of the feeds, read when they are asked for. Labels are feeds, of which there are as many as were set up. */
export function registerFeedMetrics(registry: Registry, { db, clock }: { db: Db; clock: Clock }): void {
  const gauge = (name: string, help: string): Gauge<'feed' | 'side'> =>
    new Gauge({ name, help, labelNames: ['feed', 'side'] as const, registers: [registry] })
  const age = gauge('kickstand_feed_age_seconds', 'Age of the newest that a side of a feed spoke of.')
  const failures = gauge('kickstand_feed_failures', 'Attempts at a side of a feed that failed in a row.')
  const doubted = gauge('kickstand_feed_sensors_doubted', 'Sensors of a feed that stand still or lie.')
  registry.registerMetric(
    new Gauge({
      name: 'kickstand_feeds',
      help: 'Feeds that were ever tried.',
      registers: [],
      async collect() {
        const feeds = await readFeedHealth(db, clock())
        this.set(feeds.length)
        for (const one of [age, failures, doubted]) one.reset()
        for (const feed of feeds) setFeed(feed)
      },
    }),
  )

  function setFeed({ feedId: feed, health }: FeedHealth): void {
    for (const side of SIDES) {
      const told = health[side]
      if (told === null) continue
      if (told.ageSeconds !== null) age.set({ feed, side }, told.ageSeconds)
      failures.set({ feed, side }, told.failures)
      if (side === 'live') doubted.set({ feed, side }, told.frozenSensors + told.lyingSensors)
    }
  }
}

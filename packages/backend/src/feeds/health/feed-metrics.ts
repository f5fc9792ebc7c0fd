import { Gauge, type Registry } from 'prom-client'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { readFeedHealth, type FeedHealth } from './feed-health.ts'

const CHANNELS = ['static', 'live'] as const

/** Measures of the feeds, read when they are asked for. Labels are feeds, of which there are as many as were set up. */
export function registerFeedMetrics(registry: Registry, { db, clock }: { db: Db; clock: Clock }): void {
  const gauge = (name: string, help: string): Gauge<'feed' | 'channel'> =>
    new Gauge({ name, help, labelNames: ['feed', 'channel'] as const, registers: [registry] })
  const age = gauge('kickstand_feed_age_seconds', 'Age of the newest that a channel of a feed spoke of.')
  const failures = gauge('kickstand_feed_failures', 'Attempts at a channel of a feed that failed in a row.')
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
    for (const channel of CHANNELS) {
      const told = health[channel]
      if (told === null) continue
      if (told.ageSeconds !== null) age.set({ feed, channel }, told.ageSeconds)
      failures.set({ feed, channel }, told.failures)
      if (channel === 'live') doubted.set({ feed, channel }, told.frozenSensors + told.implausibleSensors)
    }
  }
}

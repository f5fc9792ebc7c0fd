import { Gauge, type Registry } from 'prom-client'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { readFeedHealth, type FeedHealth } from './feed-health.ts'

const CHANNELS = ['static', 'live'] as const

/** Metrics of the feeds, computed at each scrape. There is one label value per configured feed. */
export function registerFeedMetrics(registry: Registry, { db, clock }: { db: Db; clock: Clock }): void {
  const gauge = (name: string, help: string): Gauge<'feed' | 'channel'> =>
    new Gauge({ name, help, labelNames: ['feed', 'channel'] as const, registers: [registry] })
  const age = gauge('kickstand_feed_age_seconds', 'Age of the newest data in a channel of a feed.')
  const failures = gauge('kickstand_feed_failures', 'Consecutive failed fetches of a channel of a feed.')
  const doubted = gauge('kickstand_feed_sensors_doubted', 'Sensors of a feed that are frozen or implausible.')
  registry.registerMetric(
    new Gauge({
      name: 'kickstand_feeds',
      help: 'Feeds that were ever fetched.',
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
      const status = health[channel]
      if (status === null) continue
      if (status.ageSeconds !== null) age.set({ feed, channel }, status.ageSeconds)
      failures.set({ feed, channel }, status.failures)
      if (channel === 'live') doubted.set({ feed, channel }, status.frozenSensors + status.implausibleSensors)
    }
  }
}

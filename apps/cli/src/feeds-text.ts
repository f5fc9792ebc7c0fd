import type { FeedListing, FeedRun } from '@kickstand/backend'

const MAX_LINES = 20
const figure = (value: number): string => value.toLocaleString('en')

/** The result of running or checking a feed, as lines of text. */
export function feedRunText(run: FeedRun, isTrial: boolean): string[] {
  const lines = [`${run.feedId}${isTrial ? ' (dry run: nothing was written)' : ''}`]
  const { static: zones, live } = run
  if (zones !== null) {
    const joined = zones.joined === 0 ? '' : `${figure(zones.joined)} joined to zones of other sources, `
    lines.push(
      `  static  ${figure(zones.zones)} zones: ${figure(zones.added)} new, ${joined}${figure(zones.updated)} changed, ` +
        `${figure(zones.missing)} missing, ${figure(zones.retired)} retired, ${figure(zones.rejected)} rejected`,
      ...some(zones.rejections, zones.rejected),
      ...zones.notes.map((note) => `          note: ${note}`),
    )
  }
  if (live !== null) {
    const age = live.newestAt === null ? '' : `, newest from ${new Date(live.newestAt).toISOString()}`
    lines.push(
      `  live    ${figure(live.zones)} zones: ${figure(live.taken)} ${isTrial ? 'to take' : 'taken'}, ` +
        `${figure(live.repeated)} repeated, ${figure(live.silent)} without data, ${figure(live.rejected)} rejected${age}`,
      ...some(live.faults, live.rejected),
    )
  }
  for (const channel of run.unchanged) lines.push(`  ${channel.padEnd(7)} has not changed`)
  for (const { channel, reason } of run.failed) lines.push(`  ${channel.padEnd(7)} FAILED: ${reason}`)
  return lines
}

function some(faults: readonly { readonly where: string; readonly reason: string }[], all: number): string[] {
  const shown = faults.slice(0, MAX_LINES).map(({ where, reason }) => `          ${where}: ${reason}`)
  return all > shown.length && shown.length > 0
    ? [...shown, `          … and ${figure(all - shown.length)} more`]
    : shown
}

/** A feed with the health of each channel, then its sensors, as lines of text. */
export function feedListingText(feed: FeedListing): string[] {
  const lines = [`${feed.feedId}${feed.isOn ? '' : '  (off: not in KICKSTAND_FEEDS)'}`]
  for (const channel of ['static', 'live'] as const) {
    const health = feed.health[channel]
    if (health === null) continue
    const newest = health.ageSeconds === null ? 'no data yet' : `newest data ${ageText(health.ageSeconds)} old`
    const sensors =
      health.frozenSensors + health.implausibleSensors === 0
        ? ''
        : `, ${figure(health.frozenSensors)} frozen, ${figure(health.implausibleSensors)} implausible`
    lines.push(
      `  ${channel.padEnd(7)} ${health.state.padEnd(8)} ${figure(health.zones)} zones, ${newest}, ` +
        `last success ${health.succeededAt ?? 'never'}, rejected ${figure(health.rejected)}${sensors}`,
    )
    const error = feed.errors[channel]
    if (error !== null) lines.push(`          ${health.failures > 0 ? `${health.failures} failures: ` : ''}${error}`)
  }
  for (const sensor of feed.sensors) {
    const problems = [
      sensor.frozenAt === null ? '' : 'frozen',
      sensor.implausibleAt === null ? '' : 'implausible',
      sensor.rejected === 0 ? '' : `${sensor.rejected} rejected: ${sensor.error ?? ''}`,
    ].filter((problem) => problem !== '')
    const last = sensor.lastAt === null ? 'never' : new Date(sensor.lastAt).toISOString()
    lines.push(`  ${sensor.ref.padEnd(24)} ${sensor.value.padEnd(8)} ${last}  ${problems.join(', ')}`.trimEnd())
  }
  return lines
}

function ageText(seconds: number): string {
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`
}

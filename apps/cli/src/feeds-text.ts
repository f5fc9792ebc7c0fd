import type { FeedListing, FeedRun } from '@kickstand/backend'

/** Maximum number of rejections shown per channel. */
const MAX_SHOWN_REJECTIONS = 20

const figure = (value: number): string => value.toLocaleString('en')

/** The result of running or checking a feed, as lines of text. */
export function feedRunText(run: FeedRun, isTrial: boolean): string[] {
  const lines = [`${run.feedId}${isTrial ? ' (dry run: nothing was written)' : ''}`]
  const { static: snapshot, live } = run
  if (snapshot !== null) {
    const joined = snapshot.joined === 0 ? '' : `${figure(snapshot.joined)} joined to zones of other sources, `
    lines.push(
      `  static  ${figure(snapshot.zones)} zones: ${figure(snapshot.added)} new, ${joined}${figure(snapshot.updated)} changed, ` +
        `${figure(snapshot.missing)} missing, ${figure(snapshot.retired)} retired, ${figure(snapshot.rejected)} rejected`,
      ...rejectionLines(snapshot.rejections, snapshot.rejected),
      ...snapshot.notes.map((note) => `          note: ${note}`),
    )
  }
  if (live !== null) {
    const age = live.newestAt === null ? '' : `, newest from ${new Date(live.newestAt).toISOString()}`
    lines.push(
      `  live    ${figure(live.zones)} zones: ${figure(live.taken)} ${isTrial ? 'to take' : 'taken'}, ` +
        `${figure(live.repeated)} repeated, ${figure(live.silent)} without data, ${figure(live.rejected)} rejected${age}`,
      ...rejectionLines(live.faults, live.rejected),
    )
  }
  for (const channel of run.unchanged) lines.push(`  ${channel.padEnd(7)} has not changed`)
  for (const { channel, reason } of run.failed) lines.push(`  ${channel.padEnd(7)} FAILED: ${reason}`)
  return lines
}

/** The first rejections, and the number of the others. `total` counts all of them. */
function rejectionLines(
  rejections: readonly { readonly where: string; readonly reason: string }[],
  total: number,
): string[] {
  const shown = rejections.slice(0, MAX_SHOWN_REJECTIONS).map(({ where, reason }) => `          ${where}: ${reason}`)
  return total > shown.length && shown.length > 0
    ? [...shown, `          … and ${figure(total - shown.length)} more`]
    : shown
}

/** A feed, the health of its channels and its sensors, as lines of text. */
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

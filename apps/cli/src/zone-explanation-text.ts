import type { ExplainedPair, StoredEntry, ZoneExplanation } from '@kickstand/backend'
import type { FactValue, MatchReason } from '@kickstand/domain'

const day = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** The sources, values and matches of a zone, as lines of text. */
export function explanationText(explanation: ZoneExplanation): string[] {
  const { zone, askedFor, entries, claims, joined, nearMisses } = explanation
  const lines = [`${zone.id}  ${zone.name ?? '(no name)'}  ${zone.lat}, ${zone.lng}  ${zone.status}`]
  if (askedFor !== null) lines.push(`${askedFor} was merged into this zone.`)
  lines.push('', 'Sources')
  for (const entry of entries) {
    lines.push(`  ${entryText(entry)}  ${entry.trust}, ${entry.status}, since ${day(entry.firstSeenAt)}`)
  }
  lines.push('', 'Values by field (* is shown: the most trusted, then the newest)')
  for (const [field, values] of claims) {
    for (const [i, { entry, value, trust, asOf, shown, counts }] of values.entries()) {
      const note = counts ? '' : '  not trusted for this field'
      const mark = shown ? '*' : ' '
      lines.push(
        `  ${(i === 0 ? field : '').padEnd(20)} ${mark} ${valueText(value)}  ${entry.source} (${trust}, ${day(asOf)})${note}`,
      )
    }
  }
  if (joined.length > 0) lines.push('', 'Joined because', ...joined.flatMap(pairLines))
  if (nearMisses.length > 0) lines.push('', 'Nearby, but separate zones', ...nearMisses.flatMap(pairLines))
  return lines
}

/** A short description of an entry. */
export function entryText({ source, ref, facts }: StoredEntry): string {
  const capacity = facts.capacity === undefined || facts.capacity === null ? '' : `, ${facts.capacity} spaces`
  return `${source} ${ref}${facts.name ? ` “${facts.name}”` : ''}${capacity}`
}

function pairLines(pair: ExplainedPair): string[] {
  const { one, other, verdict, review } = pair
  const decision =
    review === null || review.state === 'open' ? null : `${review.decided_by ?? 'unknown'}: ${review.state}`
  const pending = review?.state === 'open' ? `, pending as match:${review.id}` : ''
  const zone = one.zoneId === other.zoneId ? '' : ` (zone ${other.zoneId})`
  return [
    `  ${entryText(one)}  |  ${entryText(other)}${zone}: ${decision ?? verdict}${pending}`,
    ...reasonLines(pair.reasons, pair.score),
  ]
}

/** The reasons of a match with their weights and the total. */
export function reasonLines(reasons: readonly MatchReason[], score: number | null): string[] {
  if (score === null) return ['      too far apart to compare']
  const weights = reasons.map(({ what, weight, text }) => `    ${signed(weight)}  ${what}: ${text}`)
  return [...weights, `    ${signed(score)}  total (1.2 or more: the same place; −0.8 or more: undecided)`]
}

function signed(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`.padStart(6)
}

function valueText(value: FactValue): string {
  if (typeof value !== 'object') return String(value)
  if ('currency' in value) return JSON.stringify(value)
  const drawn = value.outline === null ? 'a point' : value.outline.type === 'LineString' ? 'a line' : 'an outline'
  return `${value.lat}, ${value.lng} (${drawn})`
}

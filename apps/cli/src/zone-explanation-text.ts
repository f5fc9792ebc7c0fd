import type { ExplainedPair, StoredEntry, ZoneExplanation } from '@kickstand/backend'
import type { FactValue, MatchReason } from '@kickstand/domain'

const day = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** Why a zone is what it is, for people, line by line. */
export function explanationText(explanation: ZoneExplanation): string[] {
  const { zone, askedFor, entries, claims, joined, nearMisses } = explanation
  const lines = [`${zone.id}  ${zone.name ?? '(no name)'}  ${zone.lat}, ${zone.lng}  ${zone.status}`]
  if (askedFor !== null) lines.push(`${askedFor} turned out to be this zone.`)
  lines.push('', 'Sources')
  for (const entry of entries) {
    lines.push(`  ${entryText(entry)}  ${entry.trust}, ${entry.status}, since ${day(entry.firstSeenAt)}`)
  }
  lines.push('', 'Who says what (* is shown: the most trusted, then the freshest)')
  for (const [field, said] of claims) {
    for (const [i, { entry, value, trust, asOf, shown, counts }] of said.entries()) {
      const why = counts ? '' : '  not believed in this'
      const mark = shown ? '*' : ' '
      lines.push(
        `  ${(i === 0 ? field : '').padEnd(20)} ${mark} ${valueText(value)}  ${entry.source} (${trust}, ${day(asOf)})${why}`,
      )
    }
  }
  if (joined.length > 0) lines.push('', 'Joined because', ...joined.flatMap(pairLines))
  if (nearMisses.length > 0) lines.push('', 'Near, and other zones', ...nearMisses.flatMap(pairLines))
  return lines
}

/** An entry in a few words. */
export function entryText({ source, ref, facts }: StoredEntry): string {
  const capacity = facts.capacity === undefined || facts.capacity === null ? '' : `, ${facts.capacity} spaces`
  return `${source} ${ref}${facts.name ? ` “${facts.name}”` : ''}${capacity}`
}

function pairLines(pair: ExplainedPair): string[] {
  const { one, other, verdict, review } = pair
  const word = review === null || review.state === 'open' ? null : `${review.decided_by ?? 'somebody'}: ${review.state}`
  const asked = review?.state === 'open' ? `, waits as match:${review.id}` : ''
  const zone = one.zoneId === other.zoneId ? '' : ` (zone ${other.zoneId})`
  return [
    `  ${entryText(one)}  |  ${entryText(other)}${zone}: ${word ?? verdict}${asked}`,
    ...reasonLines(pair.reasons, pair.score),
  ]
}

/** Reasons with their weights, and the sum. */
export function reasonLines(reasons: readonly MatchReason[], score: number | null): string[] {
  if (score === null) return ['      too far apart to be compared']
  const weights = reasons.map(({ what, weight, text }) => `    ${signed(weight)}  ${what}: ${text}`)
  return [...weights, `    ${signed(score)}  in all (1.2 and more is sure, −0.8 and more doubtful)`]
}

function signed(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`.padStart(6)
}

function valueText(value: FactValue): string {
  if (typeof value !== 'object') return String(value)
  const drawn = value.outline === null ? 'a point' : value.outline.type === 'LineString' ? 'a line' : 'an outline'
  return `${value.lat}, ${value.lng} (${drawn})`
}

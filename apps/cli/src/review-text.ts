import type { Contributions, ListedAlarm, Review, ShownReview, Undone } from '@kickstand/backend'

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ')
}

/** An item of the queue on one line, without its id. */
export function reviewLine({ zone, zoneId, about, state, since }: Review): string {
  return `${day(since)}  ${state.padEnd(9)}  ${zone ?? zoneId}: ${about}`
}

/** An item with its votes and decisions, as lines of text. */
export function reviewText(shown: Omit<ShownReview, 'image'>): string[] {
  const { id, zone, zoneId, state, contribution, votes, photo, decisions } = shown
  const lines = [`${id} is ${state}. Zone ${zoneId}${zone === null ? '' : `, ${zone}`}.`]
  if (contribution !== null) {
    lines.push(
      `Contribution: ${contribution.field} is ${JSON.stringify(contribution.value)}. Independent riders who agree: ${contribution.agree}.`,
    )
  }
  for (const { rider, riderId, network, hasRecord, value, withinReach, at, agrees, note } of votes) {
    const where = withinReach === null ? 'no position' : withinReach ? 'within reach' : 'out of reach'
    const stance = agrees ? 'agrees' : 'disagrees'
    lines.push(
      `  rider ${rider} ${stance}: ${JSON.stringify(value)} (${day(at)}, ${where})${note === null ? '' : `: “${note}”`}`,
      `    --rider ${riderId}${network === null ? ', network unknown' : `, --network ${network}`}${recordText(hasRecord)}`,
    )
  }
  if (photo !== null) {
    const duplicate = photo.duplicateOf === null ? '' : `, looks like photo:${photo.duplicateOf}`
    lines.push(`Image of ${photo.width} × ${photo.height} pixels${duplicate}.`)
  }
  for (const { at, verdict, decided_by, reason } of decisions) {
    lines.push(`  ${day(at)} ${verdict} by ${decided_by}${reason === null ? '' : `: ${reason}`}`)
  }
  return lines
}

function recordText(hasRecord: boolean | null): string {
  if (hasRecord === null) return ''
  return hasRecord ? ', with a record' : ', without a record'
}

/** Pending removals near one place on one line, without the id. */
export function alarmLine({ zoneIds, riders, networks, withRecord, held, firstAt, lastAt }: ListedAlarm): string {
  const zones = zoneIds.length === 1 ? '1 zone is' : `${zoneIds.length} zones are`
  const back = held === 0 ? '' : `; a limit holds ${held} back`
  return (
    `${day(firstAt)} to ${day(lastAt)}  ALARM: ${zones} reported gone or closed by ${count(riders, 'rider')} on ` +
    `${count(networks, 'network')}, ${withRecord} with a record${back}`
  )
}

/** Everything that a rider or a network contributed, as lines of text. */
export function contributionsText({ contributor, votes, reports, photos, decisions }: Contributions): string[] {
  const lines = [
    `${contributor.kind} ${contributor.id}: ${count(reports, 'report')}, ${count(photos.length, 'photo')}.`,
  ]
  for (const { zone_id, field, value, note, last_at, rider_id, undone_at } of votes) {
    const undone = undone_at === null ? '' : `, undone ${day(undone_at)}`
    const whose = contributor.kind === 'rider' ? '' : `, rider ${rider_id}`
    lines.push(
      `  zone ${zone_id}: ${field} is ${value ?? 'not given'} (${day(last_at)}${whose}${undone})${note === null ? '' : `: “${note}”`}`,
    )
  }
  for (const { at, verdict, decided_by, reason } of decisions) {
    lines.push(`  ${day(at)} ${verdict} by ${decided_by}${reason === null ? '' : `: ${reason}`}`)
  }
  return lines
}

/** The result of an undo, as lines of text. */
export function undoneText({ contributor, dryRun, contributions, reports, photos, zoneIds }: Undone): string[] {
  const what = `${count(contributions, 'contribution')}, ${count(reports, 'report')}, ${count(photos, 'photo')} of ${contributor.kind} ${contributor.id}`
  return [
    dryRun ? `Would undo: ${what}. Nothing was written.` : `Undone: ${what}.`,
    ...zoneIds.map((id) => `  zone ${id}`),
    ...(dryRun ? [] : [`To see the record: kickstand review show ${contributor.kind}:${contributor.id}`]),
  ]
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

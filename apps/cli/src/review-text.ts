import type { Contributions, ListedAlarm, Review, ShownReview, Undone } from '@kickstand/backend'

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ')
}

/** One thing that waits, on one line without its id. */
export function reviewLine({ zone, zoneId, about, state, since }: Review): string {
  return `${day(since)}  ${state.padEnd(9)}  ${zone ?? zoneId}: ${about}`
}

/** One thing with everything that speaks for or against it. */
export function reviewText(shown: Omit<ShownReview, 'image'>): string[] {
  const { id, zone, zoneId, state, contribution, said, photo, decisions } = shown
  const lines = [`${id} is ${state}. Zone ${zoneId}${zone === null ? '' : `, ${zone}`}.`]
  if (contribution !== null) {
    lines.push(
      `It says: ${contribution.field} is ${JSON.stringify(contribution.value)}. Independent riders who agree: ${contribution.agree}.`,
    )
  }
  for (const { rider, riderId, network, hasRecord, value, withinReach, at, agrees, note } of said) {
    const where = withinReach === null ? 'no position' : withinReach ? 'was there' : 'from afar'
    const word = agrees ? 'agrees' : 'says otherwise'
    lines.push(
      `  rider ${rider} ${word}: ${JSON.stringify(value)} (${day(at)}, ${where})${note === null ? '' : `: “${note}”`}`,
      `    --rider ${riderId}${network === null ? ', network not known' : `, --network ${network}`}${recordText(hasRecord)}`,
    )
  }
  if (photo !== null) {
    const twin = photo.duplicateOf === null ? '' : `, shows the same as photo:${photo.duplicateOf}`
    lines.push(`A picture of ${photo.width} × ${photo.height} pixels${twin}.`)
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

/** Attempts of one place to take zones away, on one line without the id. */
export function alarmLine({ zoneIds, riders, networks, withRecord, held, firstAt, lastAt }: ListedAlarm): string {
  const zones = zoneIds.length === 1 ? '1 zone is' : `${zoneIds.length} zones are`
  const back = held === 0 ? '' : `; a limit holds ${held} back`
  return (
    `${day(firstAt)} to ${day(lastAt)}  ALARM: ${zones} said to be gone or closed by ${count(riders, 'rider')} on ` +
    `${count(networks, 'network')}, ${withRecord} with a record${back}`
  )
}

/** Everything that a rider or a network said. */
export function contributionsText({ contributor, said, reports, photos, decisions }: Contributions): string[] {
  const lines = [
    `${contributor.kind} ${contributor.id}: ${count(reports, 'report')}, ${count(photos.length, 'photo')}.`,
  ]
  for (const { zone_id, field, value, note, last_at, rider_id, undone_at } of said) {
    const taken = undone_at === null ? '' : `, taken back ${day(undone_at)}`
    const whose = contributor.kind === 'rider' ? '' : `, rider ${rider_id}`
    lines.push(
      `  zone ${zone_id}: ${field} is ${value ?? 'not told'} (${day(last_at)}${whose}${taken})${note === null ? '' : `: “${note}”`}`,
    )
  }
  for (const { at, verdict, decided_by, reason } of decisions) {
    lines.push(`  ${day(at)} ${verdict} by ${decided_by}${reason === null ? '' : `: ${reason}`}`)
  }
  return lines
}

/** What was taken back at once, or would be. */
export function undoneText({ contributor, dryRun, contributions, reports, photos, zoneIds }: Undone): string[] {
  const what = `${count(contributions, 'contribution')}, ${count(reports, 'report')}, ${count(photos, 'photo')} of ${contributor.kind} ${contributor.id}`
  return [
    dryRun ? `Would take back: ${what}. Nothing was written.` : `Taken back: ${what}.`,
    ...zoneIds.map((id) => `  zone ${id}`),
    ...(dryRun ? [] : [`It is on record: kickstand review show ${contributor.kind}:${contributor.id}`]),
  ]
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

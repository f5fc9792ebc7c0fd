import type { Review, ShownReview } from '@kickstand/backend'

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ')
}

/** One thing that waits, on one line without its id. */
export function reviewLine({ zone, zoneId, about, state, since }: Review): string {
  return `${day(since)}  ${state.padEnd(9)}  ${zone ?? zoneId}: ${about}`
}

/** One thing with everything that speaks for or against it. */
export function reviewText(shown: Omit<ShownReview, 'image'>): string[] {
  const { id, zone, zoneId, state, fact, said, photo, decisions } = shown
  const lines = [`${id} is ${state}. Zone ${zoneId}${zone === null ? '' : `, ${zone}`}.`]
  if (fact !== null) {
    lines.push(`It says: ${fact.field} is ${JSON.stringify(fact.value)}. Independent riders who agree: ${fact.agree}.`)
  }
  for (const { rider, value, near, at, agrees, note } of said) {
    const where = near === null ? 'no position' : near ? 'was there' : 'from afar'
    const word = agrees ? 'agrees' : 'says otherwise'
    lines.push(
      `  rider ${rider} ${word}: ${JSON.stringify(value)} (${day(at)}, ${where})${note === null ? '' : `: “${note}”`}`,
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

import { decideMatch, listMatchQuestions, showMatchQuestion, systemClock, type MatchQuestion } from '@kickstand/backend'
import { commandActor } from '#actor.ts'
import type { Service } from '#service.ts'
import { entryText, reasonLines } from '#zone-explanation-text.ts'
import type { ReviewKind } from './review-kind.ts'

/** Entries of two sources that may be the same place. */
export const matchReviews: ReviewKind = {
  name: 'match',
  async list({ database }, limit) {
    const questions = await listMatchQuestions(database.db, limit)
    return questions.map((question) => ({ id: `match:${question.review.id}`, line: lineOf(question) }))
  },
  async show({ database }, id) {
    const question = await showMatchQuestion(database.db, id)
    return { text: textOf(question), body: question }
  },
  accept: (service, id, { by }) =>
    decide(service, id, 'merged', by, 'They are one zone now. Later imports do not separate them.'),
  reject: (service, id, { by }) =>
    decide(service, id, 'split', by, 'They stay two zones. Later imports do not join them.'),
}

async function decide(
  { database, eventLog }: Service,
  id: string,
  decision: 'merged' | 'split',
  by: string,
  done: string,
): Promise<string> {
  await decideMatch({ db: database.db, eventLog, clock: systemClock, actor: commandActor() }, id, decision, by)
  return done
}

function lineOf({ review, one, other, reasons }: MatchQuestion): string {
  const names = [one, other].map((entry) => (entry === null ? 'removed' : entryText(entry))).join('  |  ')
  return `${(review.score ?? 0).toFixed(1).padStart(5)}  ${names}  (${reasons[0]?.text ?? ''})`
}

function textOf(question: MatchQuestion): string[] {
  const { review, one, other, reasons } = question
  const decided =
    review.decided_at === null
      ? 'Open: is this one place?'
      : `Decided ${new Date(review.decided_at).toISOString()} by ${review.decided_by ?? 'unknown'}: ${review.state === 'merged' ? 'one place' : 'two places'}.`
  const entries = [one, other].flatMap((entry) =>
    entry === null
      ? ['  (removed)']
      : [`  ${entryText(entry)}`, `    zone ${entry.zoneId}, ${entry.facts.lat ?? '?'}, ${entry.facts.lng ?? '?'}`],
  )
  return [decided, ...entries, ...reasonLines(reasons, review.score)]
}

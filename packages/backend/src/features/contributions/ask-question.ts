import type { QuestionBody, QuestionQuery } from '@kickstand/contract'
import { chooseQuestion } from '@kickstand/domain'
import type { ZoneReader } from '#read-model/board-types.ts'
import type { OptionalRead } from '#db/optional-read.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { lastReportAt } from '#features/reports/read-reports.ts'
import { readZoneFacts } from '#features/zones/read-zone-facts.ts'
import { rowOfZone } from '#features/zones/show-zone.ts'
import { readContributions, readVotes, hasSnoozedQuestions } from './contribution-store.ts'
import { nearness } from './submit-contribution.ts'

const HOUR = 60 * 60_000
/** A rider who reported the zone within this time may still be there. */
const RECENT_REPORT_MS = 30 * 60_000
/** How long the answer `later` stops questions, on all zones. */
const QUESTION_SNOOZE_MS = 12 * HOUR

type AskQuestionDeps = { db: Db; board: ZoneReader; clock: Clock; readOptional: OptionalRead }

/**
 * The question for a rider who is at a zone or reported it recently; none while the database is unavailable. Throws
 * `zone-not-found`.
 */
export async function askQuestion(
  deps: AskQuestionDeps,
  riderId: string | null,
  zone: string,
  query: QuestionQuery,
): Promise<QuestionBody> {
  rowOfZone(deps.board, zone)
  return (await deps.readOptional(() => chooseFor(deps, riderId, zone, query))) ?? { question: null }
}

async function chooseFor(
  { db, board, clock }: AskQuestionDeps,
  riderId: string | null,
  zone: string,
  { lat, lng, accuracy }: QuestionQuery,
): Promise<QuestionBody> {
  const row = rowOfZone(board, zone)
  const zoneId = board.id(row)
  const now = clock()
  if (riderId === null) return { question: null }
  const position = lat === undefined || lng === undefined ? undefined : { lat, lng, accuracy: accuracy ?? 0 }
  const isNear = nearness(position, { lat: board.lat(row), lng: board.lng(row) }) === 1
  const reported = isNear ? null : await lastReportAt(db, zoneId, riderId)
  if (!isNear && (reported === null || now - reported > RECENT_REPORT_MS)) return { question: null }
  if (await hasSnoozedQuestions(db, riderId, now - QUESTION_SNOOZE_MS)) return { question: null }
  const [contributions, votes, zoneFacts] = await Promise.all([
    readContributions(db, zoneId),
    readVotes(db, zoneId),
    readZoneFacts(db, zoneId),
  ])
  if (zoneFacts === null) return { question: null }
  const mine = votes.filter((vote) => vote.rider_id === riderId)
  const field = chooseQuestion({
    zone: zoneFacts,
    unconfirmed: new Set(
      contributions
        .filter(({ state }) => state === 'pending' || state === 'suspended')
        .map((contribution) => contribution.field),
    ),
    answered: new Set(mine.map((vote) => vote.field.replace(/^(?:unsure|later) /, ''))),
  })
  return { question: field === null ? null : { field } }
}

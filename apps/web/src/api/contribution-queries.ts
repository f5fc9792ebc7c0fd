import type { QuestionQuery } from '@kickstand/contract'
import { queryOptions } from '@tanstack/react-query'
import { getMyContributions, getQuestion } from './contributions.ts'

const MINUTE = 60_000

/** First word of the key of what this device said. */
export const MY_FACTS = 'my-contributions'

export function myContributionsQuery() {
  return queryOptions({ queryKey: [MY_FACTS], queryFn: ({ signal }) => getMyContributions(signal), staleTime: MINUTE })
}

/** What to ask a rider who has just reported. Asked once: the next question comes with the next visit. */
export function questionQuery(zoneId: string, position: QuestionQuery = {}) {
  return queryOptions({
    queryKey: ['question', zoneId],
    queryFn: ({ signal }) => getQuestion(zoneId, position, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: 1,
  })
}

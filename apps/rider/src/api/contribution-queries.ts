import type { QuestionQuery } from '@kickstand/contract'
import { queryOptions } from '@tanstack/react-query'
import { getMyContributions, getQuestion } from './contributions.ts'

const MINUTE_MS = 60_000

/** First part of the query key of this device's contributions. */
export const MY_CONTRIBUTIONS_KEY = 'my-contributions'

export function myContributionsQuery() {
  return queryOptions({
    queryKey: [MY_CONTRIBUTIONS_KEY],
    queryFn: ({ signal }) => getMyContributions(signal),
    staleTime: MINUTE_MS,
  })
}

/** The question to ask after a report. Never refetched, so there is one question per zone and visit. */
export function questionQuery(zoneId: string, position: QuestionQuery = {}) {
  return queryOptions({
    queryKey: ['question', zoneId],
    queryFn: ({ signal }) => getQuestion(zoneId, position, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: 1,
  })
}

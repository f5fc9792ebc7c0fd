import { readContributor } from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import { contributionsText } from '#review-text.ts'
import type { ReviewKind } from './review-kind.ts'

/** Everything that a rider or a network contributed: `review show` shows it, the queue never lists it. */
export const riderContributor = contributorReviews('rider')
export const networkContributor = contributorReviews('network')

function contributorReviews(name: 'rider' | 'network'): ReviewKind {
  const rejectDecision = async (_service: unknown, id: string): Promise<never> => {
    throw new DomainError(
      'invalid-request',
      `A ${name} cannot be accepted or rejected. "kickstand review undo --${name} ${id}" undoes all contributions.`,
    )
  }
  return {
    name,
    list: async () => [],
    async show({ database: { db } }, id) {
      const found = await readContributor(db, { kind: name, id })
      return { text: contributionsText(found), body: found }
    },
    accept: rejectDecision,
    reject: rejectDecision,
  }
}

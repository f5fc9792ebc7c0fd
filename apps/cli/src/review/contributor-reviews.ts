import { readContributor } from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import { contributionsText } from '#review-text.ts'
import type { ReviewKind } from './review-kind.ts'

/** Everything that a rider or a network said: shown, never listed as waiting. */
export const riderContributor = contributorReviews('rider')
export const networkContributor = contributorReviews('network')

function contributorReviews(name: 'rider' | 'network'): ReviewKind {
  const refuse = async (_service: unknown, id: string): Promise<never> => {
    throw new DomainError(
      'invalid-request',
      `A ${name} is not accepted or rejected. "kickstand review undo --${name} ${id}" takes back what was said.`,
    )
  }
  return {
    name,
    list: async () => [],
    async show({ database: { db } }, id) {
      const found = await readContributor(db, { kind: name, id })
      return { text: contributionsText(found), body: found }
    },
    accept: refuse,
    reject: refuse,
  }
}

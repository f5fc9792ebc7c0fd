import { hearSpeaker } from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import { heardText } from '#review-text.ts'
import type { ReviewKind } from './review-kind.ts'

/** Everything that a rider or a network said: shown, never listed as waiting. */
export const riderSpeaker = speakerReviews('rider')
export const networkSpeaker = speakerReviews('network')

function speakerReviews(name: 'rider' | 'network'): ReviewKind {
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
      const heard = await hearSpeaker(db, { kind: name, id })
      return { text: heardText(heard), body: heard }
    },
    accept: refuse,
    reject: refuse,
  }
}

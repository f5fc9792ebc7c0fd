import { decideReview, listReviews, newId, showReview, systemClock } from '@kickstand/backend'
import { commandActor } from '#actor.ts'
import { reviewLine, reviewText } from '#review-text.ts'
import type { ReviewKind } from './review-kind.ts'

/** Contributions and photos of riders. */
export const contributionReviews = riderReviews('contribution')
export const photoReviews = riderReviews('photo')

function riderReviews(name: 'contribution' | 'photo'): ReviewKind {
  const decide =
    (accepted: boolean): ReviewKind['accept'] =>
    async ({ eventLog }, id, { by, reason }) => {
      await decideReview({ eventLog, clock: systemClock, newId, actor: commandActor() }, `${name}:${id}`, {
        accepted,
        by,
        reason,
      })
      return `${name}:${id} is ${accepted ? 'accepted' : 'rejected'}.`
    }
  return {
    name,
    async list({ database: { db } }, limit) {
      const reviews = (await listReviews({ db })).filter(({ id }) => id.startsWith(`${name}:`))
      return reviews.slice(0, limit).map((review) => ({ id: review.id, line: reviewLine(review) }))
    },
    async show({ database: { db } }, id) {
      const { image, ...body } = await showReview({ db }, `${name}:${id}`)
      return { text: reviewText(body), body, image }
    },
    accept: decide(true),
    reject: decide(false),
  }
}

import {
  paths,
  type ContributionCreatedBody,
  type ContributionInput,
  type ContributionsBody,
  type PhotoCreatedBody,
  type QuestionBody,
  type QuestionQuery,
  type ZoneInput,
} from '@kickstand/contract'
import type { Call } from './call.ts'
import { riderAuth, writeAuth, type RiderKey } from './rider-auth.ts'

/** Long enough for a photo on a slow network. */
const PHOTO_TIMEOUT_MS = 60_000

/** The contributions of one rider. All throw `ApiError`. Writes with the same idempotency key count once. */
export function contributionCalls(call: Call, riderKey: RiderKey) {
  return {
    postContribution: (zoneId: string, input: ContributionInput, idempotencyKey: string) =>
      call<ContributionCreatedBody>(paths.zoneContributions(zoneId), {
        method: 'POST',
        body: input,
        headers: writeAuth(riderKey, idempotencyKey),
      }),
    /** Proposes a missing zone. */
    postZone: (input: ZoneInput, idempotencyKey: string) =>
      call<ContributionCreatedBody>(paths.zones(), {
        method: 'POST',
        body: input,
        headers: writeAuth(riderKey, idempotencyKey),
      }),
    postPhoto: (zoneId: string, photo: Blob, idempotencyKey: string) =>
      call<PhotoCreatedBody>(paths.zonePhotos(zoneId), {
        method: 'POST',
        body: photo,
        headers: writeAuth(riderKey, idempotencyKey),
        timeoutMs: PHOTO_TIMEOUT_MS,
      }),
    /** Undoes the rider's own contribution. */
    deleteContribution: (id: string) =>
      call<void>(paths.myContribution(id), { method: 'DELETE', headers: riderAuth(riderKey) }),
    getMyContributions: (signal?: AbortSignal) =>
      call<ContributionsBody>(paths.myContributions(), { headers: riderAuth(riderKey), signal }),
    /** The question to ask this rider about a zone. */
    getQuestion: (zoneId: string, query: QuestionQuery, signal?: AbortSignal) =>
      call<QuestionBody>(paths.zoneQuestions(zoneId), { query, headers: riderAuth(riderKey), signal }),
  }
}

import {
  paths,
  type ContributionCreatedBody,
  type ContributionInput,
  type PhotoCreatedBody,
  type QuestionBody,
  type QuestionQuery,
  type ContributionsBody,
  type ZoneInput,
} from '@kickstand/contract'
import { deviceKey, hasDeviceKey } from './device-key.ts'
import { call } from './http.ts'
import { storage } from './safe-storage.ts'

/** A photo on a slow network. */
const PHOTO_MS = 60_000

function withKey(idempotencyKey: string): Record<string, string> {
  return { 'idempotency-key': idempotencyKey, ...mine() }
}

function mine(): Record<string, string> {
  return { authorization: `Bearer ${deviceKey(storage)}` }
}

/** Says one thing of a zone under its key; sending it again under the same key counts once. */
export function postContribution(
  zoneId: string,
  input: ContributionInput,
  idempotencyKey: string,
): Promise<ContributionCreatedBody> {
  return call(paths.zoneContributions(zoneId), { method: 'POST', body: input, headers: withKey(idempotencyKey) })
}

export function postZone(input: ZoneInput, idempotencyKey: string): Promise<ContributionCreatedBody> {
  return call(paths.zones(), { method: 'POST', body: input, headers: withKey(idempotencyKey) })
}

export function postPhoto(zoneId: string, photo: Blob, idempotencyKey: string): Promise<PhotoCreatedBody> {
  return call(paths.zonePhotos(zoneId), {
    method: 'POST',
    body: photo,
    headers: withKey(idempotencyKey),
    timeoutMs: PHOTO_MS,
  })
}

/** Takes back what one said. */
export function deleteContribution(id: string): Promise<void> {
  return call(paths.myContribution(id), { method: 'DELETE', headers: mine() })
}

/** What this device said; nothing where it never said anything, and nothing is asked then. */
export async function getMyContributions(signal?: AbortSignal): Promise<ContributionsBody> {
  if (!hasDeviceKey(storage)) return { contributions: [] }
  return call(paths.myContributions(), { headers: mine(), ...(signal && { signal }) })
}

export function getQuestion(zoneId: string, query: QuestionQuery, signal?: AbortSignal): Promise<QuestionBody> {
  const known = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
  return call(paths.zoneQuestions(zoneId), { query: known, headers: mine(), ...(signal && { signal }) })
}

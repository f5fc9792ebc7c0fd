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

/** Long enough for a photo on a slow network. */
const PHOTO_TIMEOUT_MS = 60_000

function withKey(idempotencyKey: string): Record<string, string> {
  return { 'idempotency-key': idempotencyKey, ...riderAuth() }
}

function riderAuth(): Record<string, string> {
  return { authorization: `Bearer ${deviceKey(storage)}` }
}

/** Sends a contribution to a zone. Requests with the same key count once. */
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
    timeoutMs: PHOTO_TIMEOUT_MS,
  })
}

/** Undoes the rider's own contribution. */
export function deleteContribution(id: string): Promise<void> {
  return call(paths.myContribution(id), { method: 'DELETE', headers: riderAuth() })
}

/** This device's contributions. Sends no request if the device has no key yet. */
export async function getMyContributions(signal?: AbortSignal): Promise<ContributionsBody> {
  if (!hasDeviceKey(storage)) return { contributions: [] }
  return call(paths.myContributions(), { headers: riderAuth(), ...(signal && { signal }) })
}

export function getQuestion(zoneId: string, query: QuestionQuery, signal?: AbortSignal): Promise<QuestionBody> {
  const defined = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
  return call(paths.zoneQuestions(zoneId), { query: defined, headers: riderAuth(), ...(signal && { signal }) })
}

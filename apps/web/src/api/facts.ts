import {
  paths,
  type FactCreatedBody,
  type FactInput,
  type PhotoCreatedBody,
  type QuestionBody,
  type QuestionQuery,
  type RiderFactsBody,
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
export function postFact(zoneId: string, input: FactInput, idempotencyKey: string): Promise<FactCreatedBody> {
  return call(paths.zoneFacts(zoneId), { method: 'POST', body: input, headers: withKey(idempotencyKey) })
}

export function postZone(input: ZoneInput, idempotencyKey: string): Promise<FactCreatedBody> {
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
export function deleteFact(id: string): Promise<void> {
  return call(paths.myFact(id), { method: 'DELETE', headers: mine() })
}

/** What this device said; nothing where it never said anything, and nothing is asked then. */
export async function getMyFacts(signal?: AbortSignal): Promise<RiderFactsBody> {
  if (!hasDeviceKey(storage)) return { facts: [] }
  return call(paths.myFacts(), { headers: mine(), ...(signal && { signal }) })
}

export function getQuestion(zoneId: string, query: QuestionQuery, signal?: AbortSignal): Promise<QuestionBody> {
  const known = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
  return call(paths.zoneQuestions(zoneId), { query: known, headers: mine(), ...(signal && { signal }) })
}

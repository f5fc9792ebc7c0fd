import { contributionCalls } from '@kickstand/client'
import type { ContributionsBody } from '@kickstand/contract'
import { call, riderKey } from './call.ts'
import { hasDeviceKey } from './device-key.ts'
import { storage } from './safe-storage.ts'

const calls = contributionCalls(call, riderKey)

export const { postContribution, postZone, postPhoto, deleteContribution, getQuestion } = calls

/** This device's contributions. Sends no request if the device has no key yet. */
export async function getMyContributions(signal?: AbortSignal): Promise<ContributionsBody> {
  return hasDeviceKey(storage) ? calls.getMyContributions(signal) : { contributions: [] }
}

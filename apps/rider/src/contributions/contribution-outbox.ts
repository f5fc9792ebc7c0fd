import { ApiError, type Failure } from '@kickstand/client'
import { useSyncExternalStore } from 'react'
import { deleteContribution, postContribution, postPhoto, postZone } from '#api/contributions.ts'
import { randomKey } from '#api/device-key.ts'
import { storage } from '#api/safe-storage.ts'
import { serverNow } from '#api/server-clock.ts'
import { createOutbox, type OutboxEvent } from '#offline/outbox.ts'
import { openTabs } from '#offline/tabs.ts'
import type { OutboxItem } from '#offline/outbox-rules.ts'
import { deletePhoto, readPhoto, savePhoto } from './photo-store.ts'
import type { Submission, SubmissionResult } from './contribution.ts'

export type SubmissionEvent = OutboxEvent<SubmissionResult>

const STORED_AS = 'kickstand.contributions'
const listeners = new Set<(event: SubmissionEvent) => void>()
/** Events from before the first listener: the component that shows them is loaded last. */
let pendingEvents: readonly SubmissionEvent[] = []

/** Listeners for the events of single entries, by key. */
const watchers = new Map<string, (event: SubmissionEvent) => void>()

type RejectedPlace = { readonly submission: Extract<Submission, { kind: 'zone' }>; readonly failure: Failure }
/** The last rejected place. The form is filled with it, so that the rider can correct it. */
let rejected: RejectedPlace | null = null

/** Submissions of this visit and unsent ones of earlier visits, with the server's id once it has assigned one. */
const sent = new Map<string, { readonly submission: Submission; readonly id: string | null }>()

/** The page's outbox of contributions. It works like the outbox of reports, which is separate. */
export const contributionOutbox = createOutbox<Submission, SubmissionResult>({
  storedAs: STORED_AS,
  tabs: openTabs(STORED_AS),
  storage,
  post: send,
  bodyOf: (item) => item.input,
  idOf: (result) => ('contribution' in result ? (result.contribution?.id ?? null) : null),
  remove: deleteContribution,
  now: serverNow,
  schedule: (run, ms) => void setTimeout(run, ms),
  onEvent(event) {
    const mine = sent.get(event.key)
    if (event.type === 'delivered' && event.created !== null && mine !== undefined) {
      const id = 'contribution' in event.created ? (event.created.contribution?.id ?? null) : null
      sent.set(event.key, { ...mine, id })
    }
    if (event.type !== 'kept') void deletePhoto(event.key).catch(() => undefined)
    if (listeners.size === 0) pendingEvents = [...pendingEvents, event]
    const submission = mine?.submission
    if (event.type === 'rejected' && submission?.kind === 'zone') rejected = { submission, failure: event.failure }
    for (const listener of listeners) listener(event)
    watchers.get(event.key)?.(event)
  },
})

// Add the unsent submissions of earlier visits.
for (const { key, input, reportId } of contributionOutbox.items()) sent.set(key, { submission: input, id: reportId })

async function send(submission: Submission, key: string): Promise<SubmissionResult> {
  if (submission.kind === 'contribution') return postContribution(submission.zoneId, submission.body, key)
  if (submission.kind === 'zone') return postZone(submission.body, key)
  const photo = await readPhoto(key)
  // The browser has evicted it: there is nothing to send.
  if (photo === null) throw lostPhoto()
  return postPhoto(submission.zoneId, photo, key)
}

function lostPhoto(): ApiError {
  const detail = 'The browser has deleted the photo before it was sent.'
  const problem = { type: 'about:blank', title: '', status: 400, code: 'unusable-image' as const, detail }
  return new ApiError({ kind: 'rejected', problem, retryAfter: null })
}

export function onSubmissionEvents(listener: (event: SubmissionEvent) => void): () => void {
  listeners.add(listener)
  const missed = pendingEvents
  pendingEvents = []
  for (const event of missed) listener(event)
  return () => void listeners.delete(listener)
}

/**
 * Subscribes to the events of one entry; returns the unsubscribe function. No toast shows the rejection of a watched
 * entry.
 */
export function watchSubmission(key: string, listener: (event: SubmissionEvent) => void): () => void {
  watchers.set(key, listener)
  return () => void watchers.delete(key)
}

export function isWatched(key: string): boolean {
  return watchers.has(key)
}

export function rejectedPlace(): RejectedPlace | null {
  return rejected
}

export function forgetRejectedPlace(): void {
  rejected = null
}

/** Submits to the outbox. Returns the key for `undoSubmission`. */
export function submit(submission: Submission): string {
  return add(randomKey(), submission)
}

export async function submitPhoto(zoneId: string, photo: Blob): Promise<string> {
  const key = randomKey()
  const isSaved = await savePhoto(key, photo)
  return add(key, { kind: 'photo', zoneId }, !isSaved)
}

/** With `isOwn` only this tab can send it. */
function add(key: string, submission: Submission, isOwn = false): string {
  sent.set(key, { submission, id: null })
  void contributionOutbox.add(key, submission, isOwn)
  return key
}

/** Undoes a submission of this visit. */
export function undoSubmission(key: string): void {
  const mine = sent.get(key)
  if (mine !== undefined) void contributionOutbox.undo(key, mine.submission, mine.id)
}

export function submissionOf(key: string): Submission | null {
  return sent.get(key)?.submission ?? null
}

/** The entries that the server has not answered yet. */
export function useWaitingSubmissions(): readonly OutboxItem<Submission>[] {
  return useSyncExternalStore(contributionOutbox.subscribe, contributionOutbox.items)
}

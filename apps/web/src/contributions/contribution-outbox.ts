import { useSyncExternalStore } from 'react'
import { deleteContribution, postContribution, postPhoto, postZone } from '#api/contributions.ts'
import { randomKey } from '#api/device-key.ts'
import { ApiError, type Failure } from '#api/http.ts'
import { storage } from '#api/safe-storage.ts'
import { serverNow } from '#api/server-clock.ts'
import { createOutbox, type OutboxEvent } from '#offline/outbox.ts'
import { openTabs } from '#offline/tabs.ts'
import type { OutboxItem } from '#offline/outbox-rules.ts'
import { forgetPhoto, keepPhoto, readPhoto } from './photo-store.ts'
import type { Said, SaidAnswer } from './contribution.ts'

export type ContributionEvent = OutboxEvent<SaidAnswer>

const STORED_AS = 'kickstand.contributions'
const listeners = new Set<(event: ContributionEvent) => void>()
/** What happened before anybody listened: the part of the page that tells of it is loaded last. */
let unheard: readonly ContributionEvent[] = []

/** Listeners for the events of single entries, by key. */
const watchers = new Map<string, (event: ContributionEvent) => void>()

type RejectedPlace = { readonly said: Extract<Said, { kind: 'zone' }>; readonly failure: Failure }
/** The last rejected place. The form is filled with it, so that the rider can correct it. */
let rejected: RejectedPlace | null = null

/** Contributions of this visit and unsent ones of earlier visits, with the server's id where it has assigned one. */
const sent = new Map<string, { readonly said: Said; readonly id: string | null }>()

/** What riders say of places waits here as reports do, in an outbox of its own: one for the page. */
export const contributionOutbox = createOutbox<Said, SaidAnswer>({
  storedAs: STORED_AS,
  tabs: openTabs(STORED_AS),
  storage,
  post: send,
  bodyOf: (item) => item.input,
  idOf: (answer) => ('contribution' in answer ? (answer.contribution?.id ?? null) : null),
  remove: deleteContribution,
  now: serverNow,
  later: (run, ms) => void setTimeout(run, ms),
  tell(event) {
    const mine = sent.get(event.key)
    if (event.type === 'delivered' && event.created !== null && mine !== undefined) {
      const id = 'contribution' in event.created ? (event.created.contribution?.id ?? null) : null
      sent.set(event.key, { ...mine, id })
    }
    if (event.type === 'delivered' || event.type === 'refused') void forgetPhoto(event.key).catch(() => undefined)
    if (listeners.size === 0) unheard = [...unheard, event]
    const said = mine?.said
    if (event.type === 'refused' && said?.kind === 'zone') rejected = { said, failure: event.failure }
    for (const listener of listeners) listener(event)
    watchers.get(event.key)?.(event)
  },
})

// Add the unsent contributions of earlier visits.
for (const { key, input, reportId } of contributionOutbox.items()) sent.set(key, { said: input, id: reportId })

async function send(said: Said, key: string): Promise<SaidAnswer> {
  if (said.kind === 'contribution') return postContribution(said.zoneId, said.body, key)
  if (said.kind === 'zone') return postZone(said.body, key)
  const photo = await readPhoto(key)
  // The browser threw it away: there is nothing left to send.
  if (photo === null) throw lostPhoto()
  return postPhoto(said.zoneId, photo, key)
}

function lostPhoto(): ApiError {
  const detail = 'this browser has not kept the photo'
  const problem = { type: 'about:blank', title: '', status: 400, code: 'unusable-image' as const, detail }
  return new ApiError({ kind: 'refused', problem, retryAfter: null })
}

export function onContributions(listener: (event: ContributionEvent) => void): () => void {
  listeners.add(listener)
  const missed = unheard
  unheard = []
  for (const event of missed) listener(event)
  return () => void listeners.delete(listener)
}

/** Subscribes to the events of one entry; the returned function ends that. While an entry is watched, no toast shows its rejection. */
export function watchContribution(key: string, listener: (event: ContributionEvent) => void): () => void {
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

/** Says one thing; answers the key to take it back by. */
export function say(said: Said): string {
  return add(randomKey(), said)
}

export async function sayPhoto(zoneId: string, photo: Blob): Promise<string> {
  const key = randomKey()
  const isKept = await keepPhoto(key, photo)
  return add(key, { kind: 'photo', zoneId }, !isKept)
}

/** With `isOwn` only this tab can send it. */
function add(key: string, said: Said, isOwn = false): string {
  sent.set(key, { said, id: null })
  void contributionOutbox.add(key, said, isOwn)
  return key
}

/** Takes back what was said under a key since the page was opened. */
export function takeBack(key: string): void {
  const mine = sent.get(key)
  if (mine !== undefined) void contributionOutbox.undo(key, mine.said, mine.id)
}

export function saidUnder(key: string): Said | null {
  return sent.get(key)?.said ?? null
}

/** What is not answered for yet. */
export function useWaitingContributions(): readonly OutboxItem<Said>[] {
  return useSyncExternalStore(contributionOutbox.subscribe, contributionOutbox.items)
}

import type { RiderExportBody } from '@kickstand/contract'
import type { Db } from '#db/schema.ts'
import { readRider } from '#features/accounts/rider-records.ts'
import { readContributionsOfRider } from '#features/contributions/rider-contributions.ts'
import { readDecisionsOnRider } from '#features/moderation/decisions-on-riders.ts'
import { readStoredOf } from '#features/notifications/stored-of-person.ts'
import { reportsOfRiderAfter } from '#features/reports/read-reports.ts'
import { readKeysOf } from '#http/idempotency/keys-of-rider.ts'
import { readErasedRider } from './erased-rider-store.ts'
import {
  contributionJson,
  decisionJson,
  keyJson,
  photoJson,
  reportJson,
  riderJson,
  timeOrNull,
  voteJson,
} from './rider-json.ts'

const REPORTS_PER_PAGE = 500

/** The JSON of everything that is stored of a rider (`RiderExportBody`), in parts: somebody may have made many reports. */
export async function* exportRider(db: Db, riderId: string): AsyncGenerator<string> {
  const { contributions, votes, photos } = await readContributionsOfRider(db, riderId)
  const rest: Omit<RiderExportBody, 'reports'> = {
    rider: riderJson(await readRider(db, riderId)),
    contributions: contributions.map(contributionJson),
    votes: votes.map(voteJson),
    photos: photos.map(photoJson),
    idempotencyKeys: (await readKeysOf(db, riderId)).map(keyJson),
    decisions: (await readDecisionsOnRider(db, riderId)).map(decisionJson),
    ...(await readStoredOf(db, { kind: 'rider', id: riderId })),
    erasedAt: timeOrNull((await readErasedRider(db, riderId))?.erased_at ?? null),
  }
  yield `${JSON.stringify(rest).slice(0, -1)},"reports":[`
  for (let after = ''; ;) {
    const page = await reportsOfRiderAfter(db, riderId, after, REPORTS_PER_PAGE)
    const text = page.map((report) => JSON.stringify(reportJson(report))).join(',')
    if (text !== '') yield after === '' ? text : `,${text}`
    const last = page.at(-1)
    if (last === undefined || page.length < REPORTS_PER_PAGE) break
    after = last.id
  }
  yield ']}'
}

import type { Db } from '#db/schema.ts'
import { countPeople, readProposedAdmins } from '#features/accounts/predecessor/predecessor-people.ts'
import { checkImportId } from '../import-predecessor/import-predecessor.ts'

const STATES = ['joined', 'bounced', 'declined', 'waiting'] as const

/**
 * People by what became of their invitation: `invited` is the sum of the other four. An account is an invitation from its
 * import on; a mail is sent with a wave.
 */
export type PeopleCounts = Readonly<Record<'invited' | (typeof STATES)[number], number>>

export type PeopleStatus = PeopleCounts & {
  readonly id: string
  /** Of those who are waiting: without a mail yet. */
  readonly notMailed: number
  /** Did not come within 90 days; not part of `invited` any more. */
  readonly erased: number
  readonly waves: readonly (PeopleCounts & { readonly wave: number; readonly erased: number })[]
  /** Administrators of the predecessor, for an admin here to decide on. `roles`: what they have here. */
  readonly proposedAdmins: readonly {
    readonly accountId: string
    readonly email: string
    readonly roles: readonly string[]
    readonly state: string
  }[]
  /** Whether the sums match, and everybody who has not answered has an account. */
  readonly agrees: boolean
}

/** Reconciles the people of one import. */
export async function peopleStatus({ db }: { readonly db: Db }, id: string): Promise<PeopleStatus> {
  checkImportId(id)
  const counted = await countPeople(db, id)
  const sum = (matches: (one: (typeof counted)[number]) => boolean): number =>
    counted.filter(matches).reduce((total, { people }) => total + people, 0)
  const countsOf = (isCounted: (wave: number | null) => boolean): PeopleCounts & { erased: number } => {
    const of = (state: string): number => sum((one) => one.state === state && isCounted(one.wave))
    return {
      invited: sum((one) => one.state !== 'erased' && isCounted(one.wave)),
      joined: of('joined'),
      bounced: of('bounced'),
      declined: of('declined'),
      waiting: of('waiting'),
      erased: of('erased'),
    }
  }
  const total = countsOf(() => true)
  const waves = [...new Set(counted.flatMap(({ wave }) => wave ?? []))]
    .toSorted((a, b) => a - b)
    .map((wave) => ({ wave, ...countsOf((one) => one === wave) }))
  const accountsMatch = counted.every(({ state, people, accounts }) => {
    if (state === 'waiting' || state === 'bounced') return accounts === people
    return state === 'joined' || accounts === 0
  })
  return {
    id,
    ...total,
    notMailed: sum(({ state, wave }) => state === 'waiting' && wave === null),
    waves,
    proposedAdmins: (await readProposedAdmins(db, id)).map(({ roles, ...admin }) => {
      return { ...admin, roles: roles.split(',').filter((role) => role !== '') }
    }),
    agrees: accountsMatch && [total, ...waves].every(isSum),
  }
}

function isSum(counts: PeopleCounts): boolean {
  return counts.invited === STATES.reduce((total, state) => total + counts[state], 0)
}

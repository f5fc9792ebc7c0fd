import {
  basePrior,
  createState,
  decodeZone,
  knowsItself,
  learnPrior,
  type EstimatorState,
  type ProfilePrior,
} from '@kickstand/domain'
import type { Board } from '#board/board.ts'
import type { Tail } from '#board/tail.ts'
import type { EventLog } from '#db/event-log.ts'
import type { Database } from '#db/open-database.ts'
import { moveCut, PRIORS_CUT, readCut } from './estimate-store.ts'
import { deleteUnused, insertPriors, readInForce, type LearnedPrior } from './prior-store.ts'

const DAY = 24 * 60 * 60_000
/** Fewer zones that know themselves say nothing of one that nobody has seen. */
const FEWEST_ZONES = 8
/** More zones tell hardly more of what they have in common. */
const MOST_ZONES = 1_000

export type LearnPriorsDeps = {
  readonly database: Database
  readonly eventLog: EventLog
  readonly board: Board
  readonly tail: Tail
}

/**
 * Learns once a night what zones of a kind and place have in common, from their checkpoints up to `cutAt` (epoch
 * milliseconds): first all, then each city, then each kind nearby, each drawn towards the one before. Of servers that do so at
 * the same time one stores what it learned, and every server takes that. Returns whether this one did.
 */
export async function learnPriors(deps: LearnPriorsDeps, cutAt: number): Promise<boolean> {
  const { database, eventLog, board, tail } = deps
  const last = await readCut(database.db, PRIORS_CUT)
  if (Math.floor(cutAt / DAY) <= Math.floor(last / DAY)) return false
  await tail.catchUp()
  const inForce = await readInForce(database.db)
  const learned = await learn(board, cutAt, (place) => inForce.get(place) ?? null)
  return eventLog.commit(async (tx, append) => {
    if (!(await moveCut(tx, database.engine, PRIORS_CUT, cutAt))) return false
    const numbers = await insertPriors(tx, learned)
    await deleteUnused(tx, [...[...inForce.values()].map(({ number }) => number), ...numbers], cutAt)
    if (numbers.length > 0) append({ type: 'priors', numbers })
    return numbers.length > 0
  })
}

type InForce = { readonly number: number; readonly cutAt: number }

async function learn(board: Board, cutAt: number, inForce: (place: number) => InForce | null): Promise<LearnedPrior[]> {
  const rowsOf = rowsByPlace(board)
  const priors = new Map<number, ProfilePrior>()
  const base = basePrior()
  const learned: LearnedPrior[] = []
  // Coarse places first: they are the parents of the finer.
  const inTurn = [...rowsOf].toSorted(([, a], [, b]) => b.level - a.level)
  for (const [place, { rows, parents }] of inTurn) {
    if (rows.length < FEWEST_ZONES) continue
    const before = inForce(place)
    // Nothing new was stored of any of them.
    if (before !== null && !rows.some((row) => (board.checkpoint(row)?.cutAt ?? 0) > before.cutAt)) {
      priors.set(place, board.priors[before.number])
      continue
    }
    const parent = parents.map((one) => priors.get(one)).find((one) => one !== undefined) ?? base
    const state = readRows(board, everyNth(rows))
    const prior = learnPrior(parent, state, [...state.columns.at.keys()])
    priors.set(place, prior)
    learned.push({ place, zones: rows.length, cutAt, prior })
    // Requests go on meanwhile.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return learned
}

type Group = { readonly level: number; readonly parents: readonly number[]; readonly rows: number[] }

/** Rows that know themselves, by the places whose priors they teach. */
function rowsByPlace(board: Board): Map<number, Group> {
  const groups = new Map<number, Group>()
  const bench = createState(1, board.priors)
  for (let row = 0; row < board.rows(); row += 1) {
    const checkpoint = board.checkpoint(row)
    if (checkpoint === null || !decodeZone(bench, 0, checkpoint.state) || !knowsItself(bench, 0)) continue
    const places = board.places(row)
    for (const [level, place] of places.entries()) {
      const group = groups.get(place) ?? { level, parents: places.slice(level + 1), rows: [] }
      groups.set(place, group)
      group.rows.push(row)
    }
  }
  return groups
}

function everyNth(rows: readonly number[]): readonly number[] {
  const step = Math.ceil(rows.length / MOST_ZONES)
  return rows.filter((_, i) => i % step === 0)
}

function readRows(board: Board, rows: readonly number[]): EstimatorState {
  const state = createState(rows.length, board.priors)
  for (const [place, row] of rows.entries()) {
    const checkpoint = board.checkpoint(row)
    if (checkpoint !== null) decodeZone(state, place, checkpoint.state)
  }
  return state
}

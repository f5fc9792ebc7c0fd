import { isTransient, type Engine } from '#db/engine.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { newId } from '#platform/ids.ts'
import type { Figure, MinuteFigures } from '#platform/minute-figures.ts'
import { deleteFiguresBefore, insertFigures } from './figure-store.ts'
import type { MinuteFiguresTable } from './tables.ts'

const MINUTE_MS = 60_000
/** Screens show up to two weeks, and a server adds about 20 rows per minute. */
const KEEP_MINUTES = 14 * 24 * 60

type Deps = {
  readonly db: Db
  readonly engine: Engine
  readonly clock: Clock
  readonly figures: MinuteFigures
  /** Unique id of this process. */
  readonly server: string
}

/** Stores the figures of this process since the last call. If the database does not respond, these figures are lost. */
export async function storeFigures({ db, engine, clock, figures, server }: Deps): Promise<void> {
  const taken = figures.take()
  const minute = Math.floor(clock() / MINUTE_MS)
  try {
    await insertFigures(
      db,
      taken.map((figure) => toRow(figure, minute, server)),
    )
  } catch (error) {
    if (!isTransient(engine, error) && !engine.isFull(error)) throw error
  }
}

export async function pruneFigures(db: Db, now: number): Promise<void> {
  await deleteFiguresBefore(db, Math.floor(now / MINUTE_MS) - KEEP_MINUTES)
}

function toRow(figure: Figure, minute: number, server: string): MinuteFiguresTable {
  const { kind, label, count, failures, rejections, sum, max, buckets } = figure
  const hasLatency = buckets.some((bucket) => bucket > 0)
  return {
    id: newId(),
    minute,
    server,
    kind,
    label,
    count,
    failures,
    rejections,
    total: sum,
    maximum: max,
    buckets: hasLatency ? buckets.join(',') : '',
  }
}

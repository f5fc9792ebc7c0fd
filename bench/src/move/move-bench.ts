import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { transferDatabase, systemClock, type MoveProgress, type MoveReport } from '@kickstand/backend'
import { freshDatabase, startMariadb } from '@kickstand/testkit'
import { fillWorld } from '../world/fill-world.ts'

export type MoveBenchOptions = {
  readonly zones: number
  /** Folder that keeps the first database for the next run. */
  readonly worlds?: string | undefined
}

/** One direction. Times in milliseconds; `cpu` is of this process only. */
export type MoveLeg = {
  readonly rows: number
  readonly copyTook: number
  readonly checkTook: number
  readonly cpu: number
  readonly equal: boolean
}

export type MoveBenchResult = {
  readonly zones: number
  readonly reports: number
  readonly toServer: MoveLeg
  readonly toFile: MoveLeg
  /** Whether every table has the same checksum after both moves as before; the audit log has an entry of each move. */
  readonly checksumsEqual: boolean
  /** Peak memory of this process, bytes. */
  readonly memory: number
}

const BENCH = { kind: 'command', name: 'bench' } as const
/** Every zone has one to three reports, two on average. */
const REPORTED_SHARE = 1

/** Moves a world from a file to a private server and back into another file. */
export async function benchMove(options: MoveBenchOptions, progress: (line: string) => void): Promise<MoveBenchResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-bench-'))
  const server = await startMariadb({ bufferPool: '1G', logFile: '1G' })
  try {
    const { url } = await freshDatabase(server.url)
    const file = `sqlite:${path.join(options.worlds ?? folder, `move-${options.zones}.db`)}`
    progress(`${options.zones} zones: filling the database`)
    await fillWorld(options.zones, file, REPORTED_SHARE)
    const toServer = await move(file, url, progress)
    const toFile = await move(url, `sqlite:${path.join(folder, 'back.db')}`, progress)
    const checksums = (tables: MovedTables, side: 'source' | 'target'): string =>
      tables.flatMap((one) => (one.table.startsWith('audit_') ? [] : one[side].checksum)).join()
    return {
      zones: options.zones,
      reports: toServer.tables.find(({ table }) => table === 'reports')?.source.rows ?? 0,
      toServer: toServer.leg,
      toFile: toFile.leg,
      checksumsEqual: checksums(toServer.tables, 'source') === checksums(toFile.tables, 'target'),
      memory: process.resourceUsage().maxRSS * 1024,
    }
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

type MovedTables = MoveReport['tables']

async function move(from: string, to: string, progress: (line: string) => void) {
  const before = process.cpuUsage()
  const report = await transferDatabase(
    { clock: systemClock, actor: BENCH },
    { from, to, onProgress: tableLines(progress) },
  )
  const { user, system } = process.cpuUsage(before)
  const { copied, copyTook, checkTook, equal, tables } = report
  const leg: MoveLeg = { rows: copied, copyTook, checkTook, cpu: (user + system) / 1000, equal }
  return { leg, tables }
}

function tableLines(progress: (line: string) => void): (step: MoveProgress) => void {
  return (step) => {
    if (step.step === 'check') return progress(`${step.table}: ${step.rows} rows compared`)
    if (step.copied === step.of) progress(`${step.table}: ${step.copied} rows copied`)
  }
}

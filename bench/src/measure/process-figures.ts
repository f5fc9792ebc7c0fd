import { readdirSync, readFileSync } from 'node:fs'

/** USER_HZ of Linux, the unit of processor time in /proc. */
const TICKS_PER_SECOND = 100

/**
 * Fields of /proc/PID/stat from the third on. The second, a name in parentheses, may contain spaces (proc_pid_stat(5)).
 */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** Seconds of processor time (user and system, all threads) that a process has used so far. Linux only. */
export function cpuSeconds(pid: number): number {
  const fields = statOf(pid)
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

/** Seconds of processor time of a process and all its descendants, including those that have ended. Linux only. */
export function cpuSecondsOfTree(root: number): number {
  const stats = new Map<number, string[]>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (Number.isNaN(pid)) continue
    try {
      stats.set(pid, statOf(pid))
    } catch {
      // The process has ended meanwhile; its parent's times include its own.
    }
  }
  const isInTree = (pid: number): boolean => {
    if (pid === root) return true
    const stat = stats.get(pid)
    return stat !== undefined && isInTree(Number(stat[1]))
  }
  let ticks = 0
  for (const [pid, fields] of stats) {
    // User and system time of the process, then of its ended children.
    if (isInTree(pid)) for (const field of fields.slice(11, 15)) ticks += Number(field)
  }
  return ticks / TICKS_PER_SECOND
}

/** Resident memory of a process in bytes. Linux only. Throws if the process has ended. */
export function residentBytes(pid: number): number {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))
  if (found === null) throw new Error(`process ${pid} has no VmRSS`)
  return Number(found[1]) * 1024
}

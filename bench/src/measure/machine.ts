import { availableParallelism, cpus, release, totalmem } from 'node:os'

/** The machine on which figures were measured. */
export type Machine = {
  readonly cores: number
  readonly cpu: string
  readonly memoryGiB: number
  readonly node: string
  readonly kernel: string
}

export function describeMachine(): Machine {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    kernel: release().split('.').slice(0, 2).join('.'),
  }
}

export function machineLine({ cores, cpu, memoryGiB, node, kernel }: Machine): string {
  return `${cores} cores (${cpu}), ${memoryGiB} GiB, Node ${node}, Linux ${kernel}`
}

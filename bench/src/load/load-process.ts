import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { LoadPlan, LoadResult } from './plan.ts'

/** A process that generates load, one plan at a time. */
export type LoadProcess = { run(plan: LoadPlan): Promise<LoadResult>; stop(): void }

export function startLoad(): LoadProcess {
  const child = fork(fileURLToPath(new URL('./main.ts', import.meta.url)), { execArgv: [], serialization: 'advanced' })
  return {
    run(plan) {
      return new Promise((resolve, reject) => {
        const ended = (): void => reject(new Error('the load process ended without a result'))
        child.once('exit', ended)
        child.once('message', (result) => {
          child.off('exit', ended)
          resolve(result as LoadResult)
        })
        child.send(plan)
      })
    },
    stop() {
      child.kill()
    },
  }
}

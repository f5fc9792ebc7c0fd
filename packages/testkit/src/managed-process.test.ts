import { existsSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { startManaged } from './managed-process.ts'

const ENV = { PATH: process.env['PATH'] ?? '' }

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function gone(isGone: () => boolean): Promise<boolean> {
  for (let i = 0; i < 100 && !isGone(); i++) await sleep(50)
  return isGone()
}

describe('a managed process', () => {
  test('is ended by stop, which also removes its folder', async () => {
    const kept = await startManaged('echo $$ started; exec sleep 60', [], { env: ENV })
    await kept.until(async () => expect(kept.log()).toContain('started'), 5000)
    await kept.stop()
    expect(existsSync(kept.folder)).toBe(false)
  })

  test('that ends by itself is reported with its log', async () => {
    const kept = await startManaged('echo "no room for $1"; exit 3', ['bikes'], { env: ENV })
    const never = (): Promise<void> => Promise.reject(new Error('not yet'))
    await expect(kept.until(never, 5000)).rejects.toThrow(/ended with 3:\s+no room for bikes/)
    await kept.stop()
  })

  test('does not outlive a parent that is killed', async () => {
    const parent = `
      import { startManaged } from ${JSON.stringify(`${import.meta.dirname}/managed-process.ts`)}
      const kept = await startManaged('sh -c "echo \\\\$PPID"; exec sleep 60', [], { env: { PATH: process.env.PATH } })
      await kept.until(async () => { if (kept.log() === '') throw new Error('not yet') }, 5000)
      console.log(kept.log().trim(), kept.folder)
      process.kill(process.pid, 'SIGKILL')`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', parent], {
      encoding: 'utf8',
    })
    const [pid = '', folder = ''] = stdout.trim().split(' ')
    expect(Number(pid)).toBeGreaterThan(1)
    expect(await gone(() => !lives(Number(pid)) && !existsSync(folder))).toBe(true)
  })
})

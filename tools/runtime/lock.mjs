import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT, say } from './step.mjs'

/**
 * Runs `work` under a lock across processes. The lock is a folder, because creating one is atomic on all systems. A
 * lock whose owner has died is removed.
 */
export async function withLock(name, work) {
  const lock = path.join(ROOT, '.runtime', `${name}.lock`)
  mkdirSync(path.dirname(lock), { recursive: true })
  let announced = false
  while (!take(lock)) {
    if (!announced) say(name, 'another process is preparing this folder, waiting for it')
    announced = true
    await sleep(250)
  }
  const release = () => rmSync(lock, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}

function take(lock) {
  try {
    mkdirSync(lock)
    writeFileSync(path.join(lock, 'pid'), String(process.pid))
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (!ownerLives(lock)) rmSync(lock, { recursive: true, force: true })
    return false
  }
}

function ownerLives(lock) {
  try {
    const pid = Number(readFileSync(path.join(lock, 'pid'), 'utf8'))
    if (pid === 0) return true // The owner has created the folder but not written its id yet.
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code !== 'ESRCH'
  }
}

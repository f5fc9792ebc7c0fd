import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT, say } from './step.mjs'

/**
 * Lets one bootstrap at a time do `work`; the others wait. A folder is the lock because making one is atomic everywhere;
 * a lock whose owner has died is taken over.
 */
export async function withLock(name, work) {
  const lock = path.join(ROOT, '.runtime', `${name}.lock`)
  mkdirSync(path.dirname(lock), { recursive: true })
  let told = false
  while (!take(lock)) {
    if (!told) say(name, 'another kickstand is preparing this folder, waiting for it')
    told = true
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
    if (pid === 0) return true // Between the owner's mkdir and its write.
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code !== 'ESRCH'
  }
}

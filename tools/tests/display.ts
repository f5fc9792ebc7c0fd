import { spawn } from 'node:child_process'
import { findXvfb } from '../../packages/testkit/src/index.ts'

const STARTS_WITHIN_MS = 15_000

/**
 * Runs `work` with the display that Firefox needs for WebGL, and WebKitGTK in any case: the existing one, or a virtual one (Xvfb) while `work`
 * runs. `work` gets null if there is neither.
 */
export async function withDisplay<T>(work: (display: string | null) => Promise<T>): Promise<T> {
  const present = process.env['DISPLAY']
  const program = findXvfb()
  if (present !== undefined || program === null) return work(present ?? null)
  // -displayfd lets Xvfb choose a free number and write it to descriptor 3 once it listens.
  const xvfb = spawn(program, ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const end = (): boolean => xvfb.kill()
  process.once('exit', end)
  try {
    return await work(`:${await displayNumber(xvfb)}`)
  } finally {
    process.removeListener('exit', end)
    end()
  }
}

function displayNumber(xvfb: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error('Xvfb did not start'))
    const timer = setTimeout(fail, STARTS_WITHIN_MS)
    xvfb.once('exit', fail)
    xvfb.stdio[3]?.once('data', (chunk: Buffer) => {
      clearTimeout(timer)
      xvfb.removeListener('exit', fail)
      resolve(chunk.toString().trim())
    })
  })
}

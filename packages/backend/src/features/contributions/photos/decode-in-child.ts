import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { DomainError } from '@kickstand/domain'
import type { ImageFault, PreparedImage } from './prepare-image.ts'

const MAIN = fileURLToPath(new URL('./prepare-image-main.ts', import.meta.url))
const TIMEOUT_MS = 20_000
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024

/** The output of the process: a line of JSON, then the image. */
export type DecodeResult = { readonly fault: ImageFault } | Omit<PreparedImage, 'image'>

/**
 * Decodes and re-encodes the image in a file, in a child process that is killed after `timeoutMs`: a decoder cannot be
 * interrupted within this process, and its crash must not end the service. Throws `unusable-image`.
 */
export function prepareInChild(file: string, timeoutMs = TIMEOUT_MS): Promise<PreparedImage> {
  return new Promise((resolve, reject) => {
    const options = {
      encoding: 'buffer',
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      maxBuffer: MAX_OUTPUT_BYTES,
    } as const
    // The child gets no settings and no secrets of the service.
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', MAIN, file],
      { ...options, env: {} },
      (error, stdout) => {
        if (error !== null) {
          const what = error.killed === true ? 'takes too long to decode' : 'cannot be read; it may be damaged'
          reject(new DomainError('unusable-image', `The image ${what}.`, [], error))
          return
        }
        const end = stdout.indexOf(10)
        const result = JSON.parse(stdout.subarray(0, end).toString()) as DecodeResult
        if ('fault' in result) reject(new DomainError('unusable-image', `The image ${result.fault}.`))
        else resolve({ ...result, image: stdout.subarray(end + 1) })
      },
    )
  })
}

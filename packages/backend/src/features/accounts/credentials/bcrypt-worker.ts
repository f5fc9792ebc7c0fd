import { parentPort, workerData } from 'node:worker_threads'
import { compareSync } from 'bcryptjs'

// Verifies one bcrypt hash: see predecessor-password.ts.

export type BcryptRequest = { readonly hash: string; readonly password: string }
export type BcryptAnswer = boolean

const { hash, password } = workerData as BcryptRequest
const isRight: BcryptAnswer = compareSync(password, hash)
parentPort?.postMessage(isRight, [])

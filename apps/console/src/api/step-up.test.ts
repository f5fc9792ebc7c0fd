import { ApiError, type Call } from '@kickstand/client'
import { describe, expect, it } from 'vitest'
import { createStepUpGate } from './step-up.ts'

function rejected(code: string): ApiError {
  const problem = { type: '', title: '', status: 403, code, detail: '' }
  return new ApiError({ kind: 'rejected', problem: problem as never, retryAfter: null })
}

/** A server that rejects the first requests with these codes and then answers with the number of requests. */
function aServer(...codes: string[]): Call {
  let count = 0
  return async <T>() => {
    const code = codes[count]
    count += 1
    if (code !== undefined) throw rejected(code)
    return count as T
  }
}

describe('the step-up gate', () => {
  it('sends a request again after the proof', async () => {
    const gate = createStepUpGate()
    const answer = gate.guard(aServer('step-up-required'))<number>('/x')
    await expect.poll(gate.isWaiting).toBe(true)
    gate.finish(true)
    expect(await answer).toBe(2)
    expect(gate.isWaiting()).toBe(false)
  })

  it('fails the request if the person cancels', async () => {
    const gate = createStepUpGate()
    const answer = gate.guard(aServer('step-up-required'))('/x')
    await expect.poll(gate.isWaiting).toBe(true)
    gate.finish(false)
    await expect(answer).rejects.toThrow('step-up-required')
  })

  it('asks once for requests at the same time', async () => {
    const gate = createStepUpGate()
    let asked = 0
    gate.subscribe(() => (asked += Number(gate.isWaiting())))
    const answers = [1, 2].map(() => gate.guard(aServer('step-up-required'))('/x'))
    await expect.poll(gate.isWaiting).toBe(true)
    gate.finish(true)
    expect(await Promise.all(answers)).toEqual([2, 2])
    expect(asked).toBe(1)
  })

  it('asks without a request, and says whether the person gave the proof', async () => {
    const gate = createStepUpGate()
    for (const proved of [true, false]) {
      const asked = gate.ask()
      expect(gate.isWaiting()).toBe(true)
      gate.finish(proved)
      expect(await asked).toBe(proved)
    }
  })

  it('passes other rejections on without a question', async () => {
    const gate = createStepUpGate()
    await expect(gate.guard(aServer('not-allowed'))('/x')).rejects.toThrow('not-allowed')
    expect(gate.isWaiting()).toBe(false)
  })
})

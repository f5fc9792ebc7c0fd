import { ProblemSchema, type ProblemBody } from '@kickstand/contract'
import { expect } from 'vitest'
import { expectShape } from './expect-shape.ts'

/** The refusal that an answer holds, after checking its status, code, media type and that it says something. */
export async function expectProblem(answer: Response, status: number, code: string): Promise<ProblemBody> {
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  const problem = expectShape(ProblemSchema, await answer.json())
  expect({ http: answer.status, status: problem.status, code: problem.code }).toEqual({ http: status, status, code })
  expect(problem.detail.length).toBeGreaterThan(20)
  expect(problem.requestId).toMatch(/./)
  return problem
}

/** Pointers of the faults that a refusal names. */
export function pointers(problem: ProblemBody): string[] {
  return (problem.errors ?? []).map(({ pointer }) => pointer)
}

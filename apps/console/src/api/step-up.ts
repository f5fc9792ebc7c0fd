import { failureOf, type Call } from '@kickstand/client'

/**
 * Some changes need a recent proof of identity. The server answers `step-up-required`; the page then asks for the proof, and
 * sends the request again.
 */
export type StepUpGate = {
  /** Whether a request waits for a proof. */
  readonly isWaiting: () => boolean
  readonly subscribe: (listener: () => void) => () => void
  /** Asks for the proof, and resolves with whether the person gave it. Concurrent calls share one dialog. */
  readonly ask: () => Promise<boolean>
  /** Ends the wait after the person has confirmed their identity or cancelled. */
  readonly finish: (proved: boolean) => void
  /** Sends a request and, if necessary, waits for the proof. If the person cancels, the request fails with `step-up-required`. */
  readonly guard: (call: Call) => Call
}

/** An open gate: no request waits. Requests that come while one waits share its proof. */
export function createStepUpGate(): StepUpGate {
  const listeners = new Set<() => void>()
  let waiting: { readonly proved: Promise<boolean>; readonly resolve: (proved: boolean) => void } | null = null

  function notify(): void {
    for (const listener of listeners) listener()
  }

  function ask(): Promise<boolean> {
    if (waiting !== null) return waiting.proved
    let resolve: (proved: boolean) => void = () => {}
    const proved = new Promise<boolean>((done) => {
      resolve = done
    })
    waiting = { proved, resolve }
    notify()
    return proved
  }

  return {
    isWaiting: () => waiting !== null,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    ask,
    finish(proved) {
      const ended = waiting
      waiting = null
      notify()
      ended?.resolve(proved)
    },
    guard: (call) => async (path, options) => {
      try {
        return await call(path, options)
      } catch (error) {
        if (!isRejection(error, 'step-up-required') || !(await ask())) throw error
        return call(path, options)
      }
    },
  }
}

/** Whether the server rejected a request with this code. */
export function isRejection(error: unknown, code: string): boolean {
  const failure = failureOf(error)
  return failure.kind === 'rejected' && failure.problem.code === code
}

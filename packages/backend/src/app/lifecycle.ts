import type { Logger } from '#platform/log.ts'

/**
 * The parts of a service that were opened or started, in order. They are stopped in reverse order, so each part may use
 * those before it until it has stopped.
 */
export type Lifecycle = {
  /** Adds a part that was opened or started just now. `name` is for the log. */
  onStop(name: string, stop: () => unknown): void
  /** Stops all parts. If one fails, the error is logged and the others are stopped as well. Idempotent. */
  stop(): Promise<void>
}

/** A service without parts. */
export function createLifecycle(log: Pick<Logger, 'error'>): Lifecycle {
  const parts = new AsyncDisposableStack()
  let stopping: Promise<void> | null = null
  return {
    onStop(name, stop) {
      parts.defer(async () => {
        try {
          await stop()
        } catch (error) {
          log.error({ part: name, err: error }, 'a part of the service could not be stopped')
        }
      })
    },
    stop() {
      stopping ??= parts.disposeAsync()
      return stopping
    },
  }
}

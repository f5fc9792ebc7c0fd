import { useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useState } from 'react'
import { isRejection } from './step-up.ts'
import { useChange } from './use-change.ts'

type Options<Input, Stored> = {
  readonly change: (input: Input, version: number) => Promise<Stored>
  readonly readLatest: () => Promise<Stored>
  readonly refresh: readonly QueryKey[]
  readonly onDone: () => void
}

/** Both versions of an object that somebody else has changed meanwhile. */
export type Conflict<Input, Stored> = { readonly mine: Input; readonly theirs: Stored }

/**
 * Changes an object only if nobody else has changed it in the meantime. Otherwise `conflict` has both versions, and the
 * person chooses one.
 */
export function useVersionedChange<Input, Stored extends { readonly version: number }>(
  options: Options<Input, Stored>,
) {
  const client = useQueryClient()
  const [conflict, setConflict] = useState<Conflict<Input, Stored> | null>(null)
  const { run, isRunning, error } = useChange(
    async ({ input, version }: { readonly input: Input; readonly version: number }) => {
      try {
        await options.change(input, version)
        return null
      } catch (rejection) {
        if (!isRejection(rejection, 'changed-meanwhile')) throw rejection
        return { mine: input, theirs: await options.readLatest() }
      }
    },
    {
      refresh: options.refresh,
      onDone: (found) => {
        setConflict(found)
        if (found === null) options.onDone()
      },
    },
  )
  return {
    run: (input: Input, version: number) => run({ input, version }),
    isRunning,
    error,
    conflict,
    saveMine() {
      if (conflict !== null) run({ input: conflict.mine, version: conflict.theirs.version })
    },
    async keepTheirs() {
      setConflict(null)
      options.onDone()
      await Promise.all(options.refresh.map((queryKey) => client.invalidateQueries({ queryKey })))
    },
  }
}

import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'

type Options<Input, Output> = {
  /** First parts of the keys of queries that are read again after the change. */
  readonly refresh?: readonly QueryKey[]
  readonly onDone?: (output: Output, input: Input) => void
}

/** Empty for a change without input. */
type InputOf<Input> = unknown extends Input ? [] : [input: Input]

export type Change<Input> = {
  readonly run: (...input: InputOf<Input>) => void
  readonly isRunning: boolean
  /** The error of the latest attempt; null if it succeeded. */
  readonly error: Error | null
  readonly reset: () => void
}

/** A change on the server that a control of the page starts. */
export function useChange<Input, Output>(
  change: (input: Input) => Promise<Output>,
  { refresh = [], onDone }: Options<Input, Output> = {},
): Change<Input> {
  const client = useQueryClient()
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: change,
    networkMode: 'always',
    onSuccess: async (output, input) => {
      onDone?.(output, input)
      await Promise.all(refresh.map((queryKey) => client.invalidateQueries({ queryKey })))
    },
  })
  return { run: (...input) => mutate(input[0] as Input), isRunning: isPending, error, reset }
}

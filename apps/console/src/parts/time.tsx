import { useTimes } from '#i18n/use-times.ts'

/** A time with its zone. */
export function Time({ at }: { readonly at: string }) {
  const times = useTimes()
  return <time dateTime={at}>{times(at)}</time>
}

/** A value and when it changes, epoch milliseconds; null where no change is known. */
export type Lasting<T> = { readonly value: T; readonly until: number | null }

/** Maximum number of times to evaluate at which the value may change but does not. */
const MAX_STEPS = 64

/** Finds when a value changes: evaluates it at each `next`, when it may change, until it does. Times in epoch milliseconds. */
export function lasting<T>(
  valueAt: (time: number) => { readonly value: T; readonly next: number | null },
  at: number,
): Lasting<T> {
  const { value, next } = valueAt(at)
  let time = next
  for (let step = 0; step < MAX_STEPS && time !== null; step += 1) {
    const later = valueAt(time)
    if (later.value !== value) return { value, until: time }
    if (later.next !== null && later.next <= time) break
    time = later.next
  }
  return { value, until: null }
}

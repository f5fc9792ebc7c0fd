/** A value and the first moment at which it is another; null where none is known. */
export type Lasting<T> = { readonly value: T; readonly until: number | null }

/** So many changes of what a value rests on are followed without its changing. */
const MOST_STEPS = 64

/** How a value lasts that may change at `next`, asked again there until it does. Times in epoch milliseconds. */
export function lasting<T>(
  valueAt: (time: number) => { readonly value: T; readonly next: number | null },
  at: number,
): Lasting<T> {
  const { value, next } = valueAt(at)
  let time = next
  for (let step = 0; step < MOST_STEPS && time !== null; step += 1) {
    const later = valueAt(time)
    if (later.value !== value) return { value, until: time }
    if (later.next !== null && later.next <= time) break
    time = later.next
  }
  return { value, until: null }
}

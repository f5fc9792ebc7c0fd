import { setFlagsFromString } from 'node:v8'

/**
 * Tunes V8 for a process that imports and ends. Without pretenuring, objects of an import are no longer allocated in
 * the old generation because earlier ones survived: there, each dead batch would keep the next one alive until a full
 * collection, hundreds of megabytes later. And full collections run once the heap has doubled, not quadrupled. Not for
 * a server, whose objects are long-lived.
 */
export function tuneV8Heap(): void {
  setFlagsFromString('--no-allocation-site-pretenuring')
  setFlagsFromString('--heap-growing-percent=100')
}

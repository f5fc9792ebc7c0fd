import { Presets, SingleBar } from 'cli-progress'

export type ProgressBar = { show(done: number, total: number): void; stop(): void }

/** A progress bar on standard error, because standard output is for results. Shows nothing without a terminal. */
export function progressBar(label: string): ProgressBar {
  if (!process.stderr.isTTY) return { show: () => {}, stop: () => {} }
  const format = `${label} {bar} {value}/{total} {eta_formatted}`
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true }, Presets.shades_classic)
  let running = false
  return {
    show(done, total) {
      if (!running) bar.start(total, done)
      else bar.update(done)
      running = true
    },
    stop() {
      if (running) bar.stop()
      running = false
    },
  }
}

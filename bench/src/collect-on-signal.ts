import { setTimeout as sleep } from 'node:timers/promises'

// Loaded into a server before its own code (`node --expose-gc --import`), to measure memory that is really held.

process.on('SIGUSR2', () => {
  void collect()
})
// The channel to the bench must not keep a server alive that was told to stop.
process.channel?.unref()

async function collect(): Promise<void> {
  for (let i = 0; i < 3; i += 1) {
    globalThis.gc?.()
    await sleep(300)
  }
  process.send?.('collected')
}

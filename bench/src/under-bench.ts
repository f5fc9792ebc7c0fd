import { setTimeout as sleep } from 'node:timers/promises'

// Loaded into every measured server before its own code (`node --import`): it ends with the bench, however that ends, and
// collects its garbage when asked (`--expose-gc`), so that what is weighed is what is held.

process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
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

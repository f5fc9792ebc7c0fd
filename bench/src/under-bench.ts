import { setTimeout as sleep } from 'node:timers/promises'

// Loaded into every measured server before its own code (`node --import`). It stops the server when the bench ends in any way, and
// runs the garbage collector on a signal (`--expose-gc`), so that only live memory is measured.

process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.on('SIGUSR2', () => {
  void collect()
})
// The IPC channel to the bench must not keep a stopping server alive.
process.channel?.unref()

async function collect(): Promise<void> {
  for (let i = 0; i < 3; i += 1) {
    globalThis.gc?.()
    await sleep(300)
  }
  process.send?.('collected')
}

import { spawn } from 'node:child_process'
import path from 'node:path'
import { ROOT, StepError } from './step.mjs'

const TAIL_LINES = 12

/**
 * Runs npm with `node` first on PATH, so that npm itself and what it starts use that Node. Silent unless it fails:
 * then a StepError with the end of its output and `advice`.
 */
export async function npm(step, node, args, advice) {
  const windows = process.platform === 'win32'
  const child = spawn(windows ? 'npm.cmd' : 'npm', args, {
    cwd: ROOT,
    env: npmEnvironment(node),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: windows,
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.code === 'ENOENT' ? 'npm is not on PATH' : error.message
      resolve(1)
    })
    child.once('close', resolve)
  })
  if (code === 0) return
  const tail = output.trim().split('\n').slice(-TAIL_LINES).join('\n  ')
  throw new StepError(`kickstand ${step}: npm ${args[0]} failed:\n  ${tail}\nWhat to do: ${advice}`)
}

/** The environment without what an outer npm run put there for itself: an inner npm would take it for its own options. */
function npmEnvironment(node) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|command|execpath|node_execpath|config_local_prefix)/.test(name),
  )
  return { ...Object.fromEntries(kept), PATH: pathWith(node) }
}

/** PATH with the folder of `node` in front. */
export function pathWith(node) {
  return [path.dirname(node), process.env.PATH].filter(Boolean).join(path.delimiter)
}
